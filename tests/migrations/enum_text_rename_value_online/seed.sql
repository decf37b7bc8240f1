INSERT INTO orders (number, status) VALUES (1, 'pending'), (2, 'paid'), (3, 'paid');
