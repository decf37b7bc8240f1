-- Down: drops the column items.slug.
-- Why: takes back what the way up did (adds the column items.slug, empty).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on items.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into items.slug since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE items
    DROP COLUMN slug;
