UPDATE orders SET quantity = 1000 WHERE quantity = 9876543210;
