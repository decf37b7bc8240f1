-- no-transaction
-- Up: makes sure that the extension citext is there.
-- Why: the models use what it brings.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE EXTENSION IF NOT EXISTS citext;
