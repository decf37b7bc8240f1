-- no-transaction
-- Down: drops the column categories.parent_category_id.
-- Why: takes back what the way up did (adds the column categories.parent_category_id).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into categories.parent_category_id since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE categories
    DROP COLUMN parent_category_id;
