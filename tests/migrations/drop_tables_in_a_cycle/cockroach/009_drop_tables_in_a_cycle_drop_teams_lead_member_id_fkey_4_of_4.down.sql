-- no-transaction
-- Down: adds the foreign key teams_lead_member_id_fkey of teams again.
-- Why: takes back what the way up did (drops the foreign key teams_lead_member_id_fkey of teams).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM teams WHERE teams.lead_member_id IS NOT NULL AND NOT EXISTS (SELECT FROM members AS target WHERE target.id = teams.lead_member_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key teams_lead_member_id_fkey of teams, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM teams WHERE teams.lead_member_id IS NOT NULL AND NOT EXISTS (SELECT FROM members AS target WHERE target.id = teams.lead_member_id); and run this file again';
    END IF;
END
$$;
