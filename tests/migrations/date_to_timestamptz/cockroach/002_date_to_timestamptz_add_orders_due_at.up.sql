-- no-transaction
-- Up: adds the column orders.due_at, empty.
-- Why: it takes the place of orders.due_on, which the old release goes on using.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Acknowledged: orders.due_at fits TIMESTAMPTZ.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN due_at TIMESTAMPTZ;
