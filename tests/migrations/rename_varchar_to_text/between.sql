INSERT INTO orders (number, label) VALUES (900, repeat('long ', 10));
