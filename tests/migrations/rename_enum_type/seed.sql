INSERT INTO orders (id, number, status) SELECT (lpad(n::text, 32, '0'))::uuid, n, 'paid' FROM generate_series(1, 3) n;
