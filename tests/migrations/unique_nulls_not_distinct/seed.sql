INSERT INTO orders (id, number, code) SELECT (lpad(n::text, 32, '0'))::uuid, n, CASE WHEN n > 1 THEN 'code ' || n END FROM generate_series(1, 3) n;
