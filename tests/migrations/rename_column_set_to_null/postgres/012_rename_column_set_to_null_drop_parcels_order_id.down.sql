-- Down: makes the column parcels.order_id again; the next file fills it.
-- Why: takes back what the way up did (drops the column parcels.order_id and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on parcels.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE parcels
    ADD COLUMN order_id UUID;
CREATE FUNCTION parcels_purchase_id_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.purchase_id IS NULL THEN
            NEW.purchase_id := NEW.order_id;
        ELSE
            NEW.order_id := NEW.purchase_id;
        END IF;
    ELSIF NEW.purchase_id IS DISTINCT FROM OLD.purchase_id THEN
        IF NEW.purchase_id IS DISTINCT FROM NEW.order_id THEN
            NEW.order_id := NEW.purchase_id;
        END IF;
    ELSIF NEW.purchase_id IS NULL OR NEW.order_id IS DISTINCT FROM OLD.order_id THEN
        NEW.purchase_id := NEW.order_id;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER parcels_purchase_id_sync
    BEFORE INSERT OR UPDATE ON parcels
    FOR EACH ROW
    EXECUTE FUNCTION parcels_purchase_id_sync();
ALTER TABLE parcels
    ENABLE ALWAYS TRIGGER parcels_purchase_id_sync;
