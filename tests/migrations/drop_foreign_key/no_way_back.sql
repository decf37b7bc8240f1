UPDATE orders SET user_id = '00000000-0000-0000-0000-0000deadbeef' WHERE number = (SELECT max(number) FROM orders);
