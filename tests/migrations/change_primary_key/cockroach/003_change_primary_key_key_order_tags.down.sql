-- no-transaction
-- Down: makes (order_id, tag_id) the primary key of order_tags.
-- Why: takes back what the way up did (makes (tag_id, order_id) the primary key of order_tags).
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE order_tags
    ALTER PRIMARY KEY USING COLUMNS (order_id, tag_id);
