-- Down: drops the table order_tags.
-- Why: takes back what the way up did (creates the table order_tags).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on order_tags and orders and tags.
-- Takes: an instant, once it has the lock.
-- Lost: every row of order_tags.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE order_tags;
