-- no-transaction
-- Down: creates the trigger zz_orders_cry_fill of orders.
-- Why: takes back what the way up did (drops the trigger zz_orders_cry_fill of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER zz_orders_cry_fill
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION zz_orders_cry_fill();
