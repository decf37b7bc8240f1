UPDATE orders SET user_id = (SELECT id FROM users LIMIT 1) WHERE user_id = '00000000-0000-0000-0000-0000deadbeef';
