-- after: orders
-- a comment
CREATE TABLE audit_log (id BIGINT PRIMARY KEY, what TEXT);
CREATE MATERIALIZED VIEW order_sums AS SELECT count(*) FROM orders;
