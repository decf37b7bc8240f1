INSERT INTO orders (id, number, rank) SELECT (lpad(n::text, 32, '0'))::uuid, n, n::text FROM generate_series(1, 3) n;
