INSERT INTO orders (number, note, tags, price) VALUES (900, 'a long note of the new release', ARRAY['a very long tag', 'b'], 1.239);
