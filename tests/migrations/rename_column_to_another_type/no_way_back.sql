UPDATE orders SET code_text = '98765432109876543210' WHERE number = (SELECT max(number) FROM orders);
