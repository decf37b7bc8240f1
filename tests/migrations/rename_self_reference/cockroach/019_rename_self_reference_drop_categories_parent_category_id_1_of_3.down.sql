-- no-transaction
-- Down: makes the column categories.parent_category_id again; the next file fills it.
-- Why: takes back what the way up did (drops the column categories.parent_category_id and what kept
--   it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER categories_upper_category_id_sync
    BEFORE INSERT OR UPDATE ON categories
    FOR EACH ROW
    EXECUTE FUNCTION categories_upper_category_id_sync();
