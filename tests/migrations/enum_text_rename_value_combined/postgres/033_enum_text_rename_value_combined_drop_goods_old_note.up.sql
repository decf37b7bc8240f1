-- Up: drops the column goods.old_note.
-- Why: no release uses it any more.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Acknowledged: drops goods.old_note.
-- Lost: every value of goods.old_note: the way back makes the column, a backup has its values.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE goods
    DROP COLUMN old_note;
