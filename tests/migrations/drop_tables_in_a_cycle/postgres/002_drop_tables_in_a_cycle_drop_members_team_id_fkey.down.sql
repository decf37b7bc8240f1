-- Down: adds the foreign key members_team_id_fkey of members, which has no rows, again.
-- Why: takes back what the way up did (drops the foreign key members_team_id_fkey of members).
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on members and teams.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE members
    ADD CONSTRAINT members_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE;
