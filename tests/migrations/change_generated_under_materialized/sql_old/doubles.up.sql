-- after: orders
CREATE MATERIALIZED VIEW doubles AS
    SELECT DISTINCT doubled FROM orders;
