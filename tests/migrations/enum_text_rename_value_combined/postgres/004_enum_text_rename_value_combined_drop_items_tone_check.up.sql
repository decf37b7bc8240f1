-- Up: drops the check items_tone_check of goods.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE goods
    DROP CONSTRAINT items_tone_check;
