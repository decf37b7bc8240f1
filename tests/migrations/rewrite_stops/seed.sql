INSERT INTO orders (number, note, price, weight, seen_at) VALUES (1, 'short', 1.2300, 2, '2026-01-01 00:00:00+00');
