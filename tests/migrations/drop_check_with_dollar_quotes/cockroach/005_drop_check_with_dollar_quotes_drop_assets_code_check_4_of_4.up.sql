-- no-transaction
-- Up: drops the check assets_code_check of assets.
-- Why: the models do not have it any more.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE assets
    DROP CONSTRAINT assets_code_check;
