-- no-transaction
-- Up: makes (tag_id, order_id) the primary key of order_tags.
-- Why: the models have another key.
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE order_tags
    ALTER PRIMARY KEY USING COLUMNS (tag_id, order_id);
