INSERT INTO orders (number, note, price, weight, seen_at) VALUES (1, 'a long note that matters', 1.2345, 2.7, '2026-01-01 15:30:00+00');
