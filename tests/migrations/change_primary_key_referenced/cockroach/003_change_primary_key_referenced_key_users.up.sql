-- no-transaction
-- Up: makes (email, id) the primary key of users.
-- Why: the models have another key.
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE users
    ALTER PRIMARY KEY USING COLUMNS (email, id);
