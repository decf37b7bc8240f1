-- no-transaction
-- Down: makes the column orders.doubled again, without the values that it had.
-- Why: takes back what the way up did (drops the column orders.doubled).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN doubled INT8 NOT NULL GENERATED ALWAYS AS (number * 2) STORED;
