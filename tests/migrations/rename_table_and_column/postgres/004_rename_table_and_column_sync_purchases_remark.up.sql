-- Up: creates the trigger purchases_remark_sync of purchases.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION purchases_remark_sync() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.remark IS NULL THEN
            NEW.remark := NEW.note;
        ELSE
            NEW.note := NEW.remark;
        END IF;
    ELSIF NEW.remark IS DISTINCT FROM OLD.remark THEN
        IF NEW.remark IS DISTINCT FROM NEW.note THEN
            NEW.note := NEW.remark;
        END IF;
    ELSIF NEW.remark IS NULL OR NEW.note IS DISTINCT FROM OLD.note THEN
        NEW.remark := NEW.note;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER purchases_remark_sync
    BEFORE INSERT OR UPDATE ON purchases
    FOR EACH ROW
    EXECUTE FUNCTION purchases_remark_sync();
ALTER TABLE purchases
    ENABLE ALWAYS TRIGGER purchases_remark_sync;
