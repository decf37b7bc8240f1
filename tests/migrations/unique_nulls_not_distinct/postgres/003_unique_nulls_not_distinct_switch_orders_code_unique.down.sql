-- Down: puts the unique key orders_code_unique of orders back as it was.
-- Why: takes back what the way up did (puts the unique key orders_code_unique of orders in the
--   place of the old one).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    DROP CONSTRAINT orders_code_unique;
ALTER TABLE orders
    ADD CONSTRAINT orders_code_unique UNIQUE USING INDEX orders_code_unique_new;
