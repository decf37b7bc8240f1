-- no-transaction
-- Down: lets orders.number take NULL.
-- Why: takes back what the way up did (forbids NULL in orders.number).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN number DROP NOT NULL;
