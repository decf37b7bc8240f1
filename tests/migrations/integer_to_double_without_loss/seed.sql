INSERT INTO orders (number, weight) VALUES (1, 2), (2, 9007199254740992);
