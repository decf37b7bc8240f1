-- no-transaction
-- Down: drops the foreign key teams_lead_member_id_fkey of teams.
-- Why: takes back what the way up did (adds the foreign key teams_lead_member_id_fkey of teams).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE teams
    DROP CONSTRAINT teams_lead_member_id_fkey;
