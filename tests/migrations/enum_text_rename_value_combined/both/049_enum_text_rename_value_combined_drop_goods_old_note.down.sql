-- no-transaction
-- Down: makes the column goods.old_note again, without the values that it had.
-- Why: takes back what the way up did (drops the column goods.old_note).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ADD COLUMN old_note TEXT;
