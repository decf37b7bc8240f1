-- no-transaction
-- Down: makes the column orders.name again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.name and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER zz_orders_label_alike
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION zz_orders_label_alike();
