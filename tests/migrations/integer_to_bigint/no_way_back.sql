UPDATE orders SET quantity = 9876543210 WHERE quantity = (SELECT max(quantity) FROM orders);
