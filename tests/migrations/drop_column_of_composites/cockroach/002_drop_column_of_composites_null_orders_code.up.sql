-- no-transaction
-- Up: lets orders.code take NULL.
-- Why: the new release does not know the column, and inserts rows without it.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN code DROP NOT NULL;
