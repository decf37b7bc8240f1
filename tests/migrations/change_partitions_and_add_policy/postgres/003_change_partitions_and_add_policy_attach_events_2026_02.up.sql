-- Up: makes events_2026_02 a partition of events.
-- Why: it is empty, so nothing of it is read.
-- Phase: expand.
-- Locks: SHARE UPDATE EXCLUSIVE on events, ACCESS EXCLUSIVE on events_2026_02; and on the
--   partitions events_2025_12, events_2026_01.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE events
    ATTACH PARTITION events_2026_02 FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
DO $$
DECLARE
    held TEXT;
BEGIN
    FOR held IN
        SELECT conname FROM pg_constraint
        WHERE conrelid = to_regclass('events_2026_02') AND contype = 'c' AND coninhcount = 0
            AND pg_get_constraintdef(oid) = 'CHECK (' || pg_get_partition_constraintdef(conrelid) || ')'
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', 'events_2026_02', held);
    END LOOP;
END
$$;
