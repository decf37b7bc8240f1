-- no-transaction
-- Down: creates the trigger goods_heft_fill of goods.
-- Why: takes back what the way up did (drops the trigger goods_heft_fill of goods).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER goods_heft_fill
    BEFORE INSERT OR UPDATE ON goods
    FOR EACH ROW
    EXECUTE FUNCTION goods_heft_fill();
