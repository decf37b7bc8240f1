-- after: order_totals
CREATE VIEW big_orders AS
    SELECT number FROM order_totals WHERE quantity > 100;
