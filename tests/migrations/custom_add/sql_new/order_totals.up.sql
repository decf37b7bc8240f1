-- after: orders, twice
CREATE VIEW order_totals AS
    SELECT number, twice(quantity) AS quantity FROM orders;
