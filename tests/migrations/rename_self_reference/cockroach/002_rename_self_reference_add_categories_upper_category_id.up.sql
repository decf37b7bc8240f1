-- no-transaction
-- Up: adds the column categories.upper_category_id, empty.
-- Why: it takes the place of categories.parent_category_id, which the old release goes on using.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE categories
    ADD COLUMN upper_category_id UUID;
