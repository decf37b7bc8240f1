-- after: orders
CREATE VIEW order_totals AS
    SELECT DISTINCT *, quantity * 2 AS doubled FROM orders;
