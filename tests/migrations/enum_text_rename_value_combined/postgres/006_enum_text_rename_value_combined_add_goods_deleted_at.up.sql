-- Up: adds the column goods.deleted_at.
-- Why: the models have it; the rows that are there are not touched.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE goods
    ADD COLUMN deleted_at TIMESTAMPTZ;
