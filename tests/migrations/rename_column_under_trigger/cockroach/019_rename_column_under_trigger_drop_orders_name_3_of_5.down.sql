-- no-transaction
-- Down: makes the column orders.name again; the next file fills it.
-- Why: takes back what the way up did (drops the column orders.name and what kept it alike).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER "00_orders_label_sync"
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION "00_orders_label_sync"();
