-- no-transaction
-- Up: drops the column orders.user_id.
-- Why: no release uses it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: drops orders.user_id.
-- Lost: every value of orders.user_id: the way back makes the column, a backup has its values.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP COLUMN user_id;
