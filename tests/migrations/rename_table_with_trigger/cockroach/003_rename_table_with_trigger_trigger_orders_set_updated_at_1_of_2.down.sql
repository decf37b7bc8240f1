-- no-transaction
-- Down: changes the trigger orders_set_updated_at of orders.
-- Why: takes back what the way up did (changes the trigger orders_set_updated_at of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER purchases_set_updated_at
    BEFORE UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();
