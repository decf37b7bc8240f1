UPDATE orders SET total_amount = 5 WHERE number > 3;
