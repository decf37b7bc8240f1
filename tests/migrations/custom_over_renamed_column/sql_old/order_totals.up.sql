-- after: orders
CREATE VIEW order_totals AS
    SELECT number, count_ordered FROM orders;
