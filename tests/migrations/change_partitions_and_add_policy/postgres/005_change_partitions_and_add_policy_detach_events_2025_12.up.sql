-- no-transaction
-- Up: takes events_2025_12 out of events.
-- Why: concurrently, so that the other partitions can be used meanwhile.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on events, ACCESS EXCLUSIVE on events_2025_12; and on the
--   partitions events_2025_12, events_2026_01.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE events
    DETACH PARTITION events_2025_12 CONCURRENTLY;
