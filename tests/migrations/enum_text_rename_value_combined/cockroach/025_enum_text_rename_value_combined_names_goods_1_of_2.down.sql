-- no-transaction
-- Down: renames the constraints and indexes of goods back.
-- Why: takes back what the way up did (renames the constraints and indexes of goods).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    RENAME CONSTRAINT goods_pkey TO items_pkey;
