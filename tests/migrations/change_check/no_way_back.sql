UPDATE orders SET number = 0 WHERE number = (SELECT max(number) FROM orders);
