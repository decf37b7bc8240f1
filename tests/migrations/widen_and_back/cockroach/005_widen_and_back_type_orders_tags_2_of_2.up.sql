-- no-transaction
-- Up: makes orders.tags TEXT[].
-- Why: PostgreSQL does this without a look at the rows.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN tags TYPE TEXT[];
