-- Up: drops the check goods_heft_not_null.
-- Why: NOT NULL says the same.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE goods
    DROP CONSTRAINT IF EXISTS goods_heft_not_null;
