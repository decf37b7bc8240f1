-- Up: adds the column purchases.remark, empty.
-- Why: it takes the place of purchases.note, which the old release goes on using.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    ADD COLUMN remark TEXT;
