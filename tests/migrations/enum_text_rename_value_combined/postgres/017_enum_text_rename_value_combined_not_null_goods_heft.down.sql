-- Down: lets goods.heft take NULL.
-- Why: takes back what the way up did (forbids NULL in goods.heft).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE goods
    ALTER COLUMN heft DROP NOT NULL;
