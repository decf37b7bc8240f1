-- no-transaction
-- Up: adds the column orders.note.
-- Why: the models have it; the rows that are there are not touched.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN note TEXT;
