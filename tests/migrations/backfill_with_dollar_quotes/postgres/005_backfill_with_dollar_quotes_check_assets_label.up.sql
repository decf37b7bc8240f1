-- Up: forbids NULL in assets.label by a check that is not proved yet.
-- Why: a check that is proved lets SET NOT NULL skip its look at every row.
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on assets.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE assets
    ADD CONSTRAINT assets_label_not_null CHECK (label IS NOT NULL) NOT VALID;
