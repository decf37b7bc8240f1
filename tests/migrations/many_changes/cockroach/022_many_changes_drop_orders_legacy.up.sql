-- no-transaction
-- Up: drops the column orders.legacy.
-- Why: no release uses it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: drops orders.legacy.
-- Lost: every value of orders.legacy: the way back makes the column, a backup has its values.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP COLUMN legacy;
