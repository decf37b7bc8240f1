-- no-transaction
-- Down: creates the trigger orders_log_order of orders.
-- Why: takes back what the way up did (drops the trigger orders_log_order of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER orders_log_order
    AFTER INSERT OR DELETE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION log_order();
