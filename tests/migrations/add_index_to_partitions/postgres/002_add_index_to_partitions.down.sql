-- Down: changes the index idx_events_kind_name of events back.
-- Why: takes back what the way up did (changes the index idx_events_kind_name of events).
-- Phase: contract.
-- Locks: SHARE on events and its partitions: rows can be read, not written.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

DROP INDEX idx_events_kind_name;
