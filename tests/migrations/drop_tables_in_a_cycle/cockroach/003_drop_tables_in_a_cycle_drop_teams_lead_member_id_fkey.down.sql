-- no-transaction
-- Down: adds the foreign key teams_lead_member_id_fkey of teams, which has no rows, again.
-- Why: takes back what the way up did (drops the foreign key teams_lead_member_id_fkey of teams).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE teams
    ADD CONSTRAINT teams_lead_member_id_fkey FOREIGN KEY (lead_member_id) REFERENCES members (id) ON DELETE SET NULL;
