-- after: orders
CREATE MATERIALIZED VIEW codes AS
    SELECT DISTINCT code FROM orders;
