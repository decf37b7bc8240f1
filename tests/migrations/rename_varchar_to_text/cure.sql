UPDATE orders SET label = 'short' WHERE label = repeat('long ', 10);
