-- no-transaction
-- Down: makes users.id INTEGER.
-- Why: takes back what the way up did (makes users.id BIGINT).
-- Phase: contract.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE users
    ALTER COLUMN id TYPE INT4 USING id::INT4;
