-- Down: changes the index idx_events_user_id of events back.
-- Why: takes back what the way up did (changes the index idx_events_user_id of events).
-- Phase: expand.
-- Locks: SHARE on events and its partitions while every row is read: rows can be read, not written.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

CREATE INDEX idx_events_user_id ON events (user_id);
