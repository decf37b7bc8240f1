-- Up: creates the trigger orders_keep_note of orders.
-- Why: a trigger comes in a file of its own.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TRIGGER orders_keep_note
    BEFORE UPDATE OF note ON orders
    FOR EACH ROW
    WHEN (NEW.note IS NULL)
    EXECUTE FUNCTION keep_note();
