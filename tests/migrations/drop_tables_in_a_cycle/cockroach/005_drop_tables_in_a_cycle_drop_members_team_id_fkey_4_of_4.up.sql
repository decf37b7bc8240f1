-- no-transaction
-- Up: drops the foreign key members_team_id_fkey of members.
-- Why: dropping the table would lock the other one for as long as that takes.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE members
    DROP CONSTRAINT members_team_id_fkey;
