-- no-transaction
-- Down: adds the foreign key members_team_id_fkey of members again.
-- Why: takes back what the way up did (drops the foreign key members_team_id_fkey of members).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM members WHERE members.team_id IS NOT NULL AND NOT EXISTS (SELECT FROM teams AS target WHERE target.id = members.team_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key members_team_id_fkey of members, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM members WHERE members.team_id IS NOT NULL AND NOT EXISTS (SELECT FROM teams AS target WHERE target.id = members.team_id); and run this file again';
    END IF;
END
$$;
