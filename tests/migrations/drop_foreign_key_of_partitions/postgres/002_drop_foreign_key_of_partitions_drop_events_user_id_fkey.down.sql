-- Down: adds the foreign key events_user_id_fkey of events again.
-- Why: takes back what the way up did (drops the foreign key events_user_id_fkey of events).
-- Phase: contract.
-- Locks: SHARE ROW EXCLUSIVE on events and users; and on the partitions events_other.
-- Takes: as long as every row takes to be read.
-- Reads: every row of events, users.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
ALTER TABLE events
    ADD CONSTRAINT events_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT;
