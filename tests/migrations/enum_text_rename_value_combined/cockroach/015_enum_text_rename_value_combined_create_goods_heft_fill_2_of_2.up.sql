-- no-transaction
-- Up: creates the trigger goods_heft_fill of goods.
-- Why: the rows that the old release writes have no value there, or one that its columns had
--   before.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER goods_heft_fill
    BEFORE INSERT OR UPDATE ON goods
    FOR EACH ROW
    EXECUTE FUNCTION goods_heft_fill();
