UPDATE orders SET number = -1 WHERE number = (SELECT max(number) FROM orders);
