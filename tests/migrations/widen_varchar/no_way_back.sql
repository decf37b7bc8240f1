UPDATE orders SET code = repeat('x', 40) WHERE number > 3;
