-- after: orders
CREATE VIEW order_totals AS
    SELECT number, quantity * 2 AS quantity FROM orders;
