-- no-transaction
-- Down: takes events_2026_02 out of events.
-- Why: takes back what the way up did (makes events_2026_02 a partition of events).
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on events, ACCESS EXCLUSIVE on events_2026_02; and on the
--   partitions events_2026_01.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE events
    DETACH PARTITION events_2026_02 CONCURRENTLY;
