-- Up: adds the column purchases.code, empty.
-- Why: it takes NULL until its rows are filled; a value for each row at once would rewrite the
--   table.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    ADD COLUMN code TEXT;
