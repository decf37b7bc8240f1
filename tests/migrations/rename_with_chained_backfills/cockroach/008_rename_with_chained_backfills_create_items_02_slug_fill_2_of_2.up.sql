-- no-transaction
-- Up: creates the trigger items_02_slug_fill of items.
-- Why: the rows that the old release writes have no value there, or one that its columns had
--   before.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER items_02_slug_fill
    BEFORE INSERT OR UPDATE ON items
    FOR EACH ROW
    EXECUTE FUNCTION items_02_slug_fill();
