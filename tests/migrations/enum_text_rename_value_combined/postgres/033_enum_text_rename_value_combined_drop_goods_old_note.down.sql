-- Down: makes the column goods.old_note again, without the values that it had.
-- Why: takes back what the way up did (drops the column goods.old_note).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE goods
    ADD COLUMN old_note TEXT;
