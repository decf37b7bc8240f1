UPDATE orders SET total_amount = 9999999999.99 WHERE number > 3;
