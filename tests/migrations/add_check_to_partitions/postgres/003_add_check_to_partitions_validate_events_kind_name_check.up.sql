-- Up: proves the check events_kind_name_check of events.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on events, which lets rows be read and written; and on the
--   partitions events_2026_01, events_2026_02.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE events
    VALIDATE CONSTRAINT events_kind_name_check;
