-- no-transaction
-- Up: lets orders.quantity take NULL.
-- Why: the new release does not know the column, and the old one reads no NULL there; with a
--   default both run at once.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN quantity DROP NOT NULL;
