-- no-transaction
-- Down: adds the foreign key teams_lead_member_id_fkey of teams again.
-- Why: takes back what the way up did (drops the foreign key teams_lead_member_id_fkey of teams).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on teams; SHARE ROW EXCLUSIVE on members.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
DO $$
BEGIN
    IF EXISTS (SELECT FROM teams WHERE teams.lead_member_id IS NOT NULL AND NOT EXISTS (SELECT FROM members AS target WHERE target.id = teams.lead_member_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key teams_lead_member_id_fkey of teams, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM teams WHERE teams.lead_member_id IS NOT NULL AND NOT EXISTS (SELECT FROM members AS target WHERE target.id = teams.lead_member_id); and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE teams
    DROP CONSTRAINT IF EXISTS teams_lead_member_id_fkey;
ALTER TABLE teams
    ADD CONSTRAINT teams_lead_member_id_fkey FOREIGN KEY (lead_member_id) REFERENCES members (id) ON DELETE SET NULL NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE teams
    VALIDATE CONSTRAINT teams_lead_member_id_fkey;
COMMIT;
