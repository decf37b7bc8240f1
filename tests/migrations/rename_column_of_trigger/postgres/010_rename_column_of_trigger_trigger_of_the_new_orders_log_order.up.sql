-- Up: changes the trigger orders_log_order of orders.
-- Why: a trigger comes in a file of its own.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER orders_log_order ON orders;
CREATE TRIGGER orders_log_order
    AFTER UPDATE OF label ON orders
    FOR EACH ROW
    EXECUTE FUNCTION log_order();
