UPDATE orders SET code_text = '1000' WHERE code_text = '98765432109876543210';
