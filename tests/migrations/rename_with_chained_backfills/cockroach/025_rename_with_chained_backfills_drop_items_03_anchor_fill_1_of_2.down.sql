-- no-transaction
-- Down: creates the trigger items_03_anchor_fill of items.
-- Why: takes back what the way up did (drops the trigger items_03_anchor_fill of items).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER items_03_anchor_fill
    BEFORE INSERT OR UPDATE ON items
    FOR EACH ROW
    EXECUTE FUNCTION items_03_anchor_fill();
