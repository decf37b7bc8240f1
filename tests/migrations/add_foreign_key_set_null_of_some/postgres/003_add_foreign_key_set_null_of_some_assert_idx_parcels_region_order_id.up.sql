-- Up: makes sure that the index idx_parcels_region_order_id of parcels is valid.
-- Why: a build that was interrupted leaves an index that no query uses.
-- Phase: expand.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_index
        WHERE indexrelid = to_regclass('idx_parcels_region_order_id') AND indisvalid
    ) THEN
        RAISE EXCEPTION 'the index idx_parcels_region_order_id is not valid: its build failed'
            USING HINT = 'DROP INDEX CONCURRENTLY idx_parcels_region_order_id; then create it again';
    END IF;
END
$$;
