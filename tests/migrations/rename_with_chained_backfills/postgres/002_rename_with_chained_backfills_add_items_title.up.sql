-- Up: adds the column items.title, empty.
-- Why: it takes the place of items.name, which the old release goes on using.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on items.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE items
    ADD COLUMN title TEXT;
