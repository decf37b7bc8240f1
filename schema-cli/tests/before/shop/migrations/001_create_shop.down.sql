-- 001_create_shop, down: drops the tables audit_logs, order_items, orders, products, user_sessions
--   and users.
-- Why: takes back 001_create_shop.up.sql. Every row of these tables is lost.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on each of the tables, until the transaction ends.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE user_sessions;
DROP TABLE order_items;
DROP TABLE orders;
DROP TABLE audit_logs;
DROP TABLE users;
DROP TABLE products;
