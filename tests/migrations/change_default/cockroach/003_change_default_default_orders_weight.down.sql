-- no-transaction
-- Down: gives orders.weight the default 0.
-- Why: takes back what the way up did (gives orders.weight the default 2).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN weight SET DEFAULT 0;
