-- Down: drops the check goods_tone_check of goods.
-- Why: takes back what the way up did (adds the check goods_tone_check of goods, not valid yet).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE goods
    DROP CONSTRAINT IF EXISTS goods_tone_check;
