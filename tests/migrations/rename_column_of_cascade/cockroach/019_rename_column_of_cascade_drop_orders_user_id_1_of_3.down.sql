-- no-transaction
-- Down: makes the column orders.user_id again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.user_id and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER orders_buyer_user_id_sync
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_buyer_user_id_sync();
