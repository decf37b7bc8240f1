-- no-transaction
-- Down: makes the column orders.memo again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.memo and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER orders_remark_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_remark_sync();
