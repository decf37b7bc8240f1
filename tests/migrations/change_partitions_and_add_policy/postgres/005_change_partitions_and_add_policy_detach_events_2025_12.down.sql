-- Down: makes events_2025_12 a partition of events again.
-- Why: takes back what the way up did (takes events_2025_12 out of events).
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on events, ACCESS EXCLUSIVE on events_2025_12; and on the
--   partitions events_2025_12, events_2026_01.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    ATTACH PARTITION events_2025_12 FOR VALUES FROM ('2025-12-01') TO ('2026-01-01');
DO $$
DECLARE
    held TEXT;
BEGIN
    FOR held IN
        SELECT conname FROM pg_constraint
        WHERE conrelid = to_regclass('events_2025_12') AND contype = 'c' AND coninhcount = 0
            AND pg_get_constraintdef(oid) = 'CHECK (' || pg_get_partition_constraintdef(conrelid) || ')'
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', 'events_2025_12', held);
    END LOOP;
END
$$;
