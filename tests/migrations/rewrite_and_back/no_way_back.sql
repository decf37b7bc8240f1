INSERT INTO orders (number, tally, due_on, price, mass) VALUES (900, 2.7, '2026-01-01 15:30+00', 1.234567, 0.123456789012);
