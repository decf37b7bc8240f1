INSERT INTO users (id, email) SELECT (lpad(n::text, 32, '0'))::uuid, 'person ' || n FROM generate_series(1, 3) n;
INSERT INTO orders (id, number, user_id) SELECT (lpad(n::text, 32, '0'))::uuid, n, (lpad(n::text, 32, '0'))::uuid FROM generate_series(1, 3) n;
