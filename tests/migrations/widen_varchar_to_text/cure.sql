UPDATE orders SET code = 'short' WHERE number > 3;
