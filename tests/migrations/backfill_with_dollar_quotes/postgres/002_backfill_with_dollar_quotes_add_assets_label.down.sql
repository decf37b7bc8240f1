-- Down: drops the column assets.label.
-- Why: takes back what the way up did (adds the column assets.label, empty).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on assets.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into assets.label since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE assets
    DROP COLUMN label;
