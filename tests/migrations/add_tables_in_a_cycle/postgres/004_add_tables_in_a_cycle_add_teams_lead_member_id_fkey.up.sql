-- Up: adds the foreign key teams_lead_member_id_fkey of teams.
-- Why: the two tables reference each other, so both come first.
-- Phase: expand.
-- Locks: SHARE ROW EXCLUSIVE on teams and members.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE teams
    ADD CONSTRAINT teams_lead_member_id_fkey FOREIGN KEY (lead_member_id) REFERENCES members (id) ON DELETE SET NULL;
