-- no-transaction
-- Up: creates the trigger orders_code_fill of orders.
-- Why: the rows that the old release writes have no value there; until it is gone, a new row that
--   is given NULL has one too.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER orders_code_fill
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_code_fill();
