-- Up: changes the index idx_events_kind_name of events.
-- Why: PostgreSQL builds the indexes of all partitions at once.
-- Phase: expand.
-- Locks: SHARE on events and its partitions while every row is read: rows can be read, not written.
-- Takes: as long as every row takes to be read.
-- Acknowledged: blocks events.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

CREATE INDEX idx_events_kind_name ON events (kind_name);
