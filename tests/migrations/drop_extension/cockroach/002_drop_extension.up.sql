-- no-transaction
-- Up: drops the column orders.code.
-- Why: no release uses it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: drops orders.code.
-- Lost: every value of orders.code: the way back makes the column, a backup has its values.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP COLUMN code;
