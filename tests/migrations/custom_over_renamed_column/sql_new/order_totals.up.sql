-- after: orders
CREATE VIEW order_totals AS
    SELECT number, quantity FROM orders;
