DELETE FROM orders WHERE number = 900;
