-- no-transaction
-- after: orders
CREATE INDEX CONCURRENTLY idx_orders_twice ON orders ((quantity * 2));
