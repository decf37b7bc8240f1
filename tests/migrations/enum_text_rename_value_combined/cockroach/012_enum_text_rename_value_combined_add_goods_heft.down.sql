-- no-transaction
-- Down: drops the column goods.heft.
-- Why: takes back what the way up did (adds the column goods.heft, empty).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into goods.heft since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    DROP COLUMN heft;
