-- no-transaction
-- Down: gives orders.height the default 0.
-- Why: takes back what the way up did (takes the default of orders.height away).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN height SET DEFAULT 0;
