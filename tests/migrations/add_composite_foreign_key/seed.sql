INSERT INTO orders (id, number, region) SELECT (lpad(n::text, 32, '0'))::uuid, n, 'north' FROM generate_series(1, 3) n;
INSERT INTO parcels (id, region, order_id) SELECT (lpad(n::text, 32, '0'))::uuid, 'north', (lpad(n::text, 32, '0'))::uuid FROM generate_series(1, 3) n;
