-- no-transaction
-- Down: renames items and goods back.
-- Why: takes back what the way up did (renames what the models name otherwise in items and goods).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    RENAME COLUMN closed_at TO archived_at;
