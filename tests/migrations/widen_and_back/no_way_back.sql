INSERT INTO orders (number, note, tags, price) VALUES (900, 'a long note', ARRAY['a very long tag', 'b'], 1.239);
