-- Down: lets the owner of orders see every row: its policies do not hold for the owner until a
--   later file forces them again.
-- Why: takes back what the way up did (holds the owner of orders to its policies again).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Policies: lifted for the owner of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    NO FORCE ROW LEVEL SECURITY;
