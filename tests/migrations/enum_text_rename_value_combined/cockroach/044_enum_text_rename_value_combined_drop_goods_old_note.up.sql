-- no-transaction
-- Up: drops the column goods.old_note.
-- Why: no release uses it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: drops goods.old_note.
-- Lost: every value of goods.old_note: the way back makes the column, a backup has its values.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    DROP COLUMN old_note;
