-- no-transaction
-- Up: adds the column items.title, empty.
-- Why: it takes the place of items.name, which the old release goes on using.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE items
    ADD COLUMN title TEXT;
