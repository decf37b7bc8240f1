UPDATE orders SET code = repeat('x', 600) WHERE number > 3;
