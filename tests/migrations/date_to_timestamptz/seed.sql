INSERT INTO orders (id, number, due_on) SELECT (lpad(n::text, 32, '0'))::uuid, n, DATE '2026-03-28' + n FROM generate_series(1, 3) n;
