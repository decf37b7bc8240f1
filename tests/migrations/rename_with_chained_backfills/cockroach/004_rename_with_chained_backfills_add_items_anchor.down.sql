-- no-transaction
-- Down: drops the column items.anchor.
-- Why: takes back what the way up did (adds the column items.anchor, empty).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into items.anchor since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE items
    DROP COLUMN anchor;
