-- after: orders
-- Who did what.
CREATE TABLE audit_log (id BIGINT PRIMARY KEY, what TEXT);
CREATE MATERIALIZED VIEW order_sums AS SELECT count(*) FROM orders;
