-- no-transaction
-- Up: forbids NULL in items.anchor by a check that is not proved yet.
-- Why: a check that is proved lets SET NOT NULL skip its look at every row.
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE items
    ADD CONSTRAINT items_anchor_not_null CHECK (anchor IS NOT NULL) NOT VALID;
