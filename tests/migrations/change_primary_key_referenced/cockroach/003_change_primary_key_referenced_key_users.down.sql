-- no-transaction
-- Down: makes (id) the primary key of users.
-- Why: takes back what the way up did (makes (email, id) the primary key of users).
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE users
    ALTER PRIMARY KEY USING COLUMNS (id);
