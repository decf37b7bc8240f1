-- no-transaction
-- Up: changes the trigger orders_log_order of orders.
-- Why: a trigger comes in a file of its own.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER orders_log_order
    AFTER INSERT ON orders
    FOR EACH ROW
    EXECUTE FUNCTION log_order();
