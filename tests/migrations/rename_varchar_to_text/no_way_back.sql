SELECT 1 / count(*) FROM orders WHERE label = repeat('long ', 10);
