-- no-transaction
-- Down: drops the column assets.label.
-- Why: takes back what the way up did (adds the column assets.label, empty).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into assets.label since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE assets
    DROP COLUMN label;
