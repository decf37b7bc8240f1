-- no-transaction
-- Up: drops the column categories.parent_category_id and what kept it alike.
-- Why: its values are in categories.upper_category_id.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION categories_upper_category_id_sync();
