-- no-transaction
-- Down: creates the trigger orders_code_fill of orders.
-- Why: takes back what the way up did (drops the trigger orders_code_fill of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER orders_code_fill
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_code_fill();
