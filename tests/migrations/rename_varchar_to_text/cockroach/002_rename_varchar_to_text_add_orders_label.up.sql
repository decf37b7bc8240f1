-- no-transaction
-- Up: adds the column orders.label, empty.
-- Why: it takes the place of orders.code, which the old release goes on using.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN label TEXT;
