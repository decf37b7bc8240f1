-- no-transaction
-- Down: makes the column items.name again; the next file fills it.
-- Why: takes back what the way up did (drops the column items.name and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER items_01_title_sync
    BEFORE INSERT OR UPDATE ON items
    FOR EACH ROW
    EXECUTE FUNCTION items_01_title_sync();
