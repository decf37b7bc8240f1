-- no-transaction
-- Down: makes the column orders.weight again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.weight and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN weight DOUBLE PRECISION;
