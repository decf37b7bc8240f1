-- no-transaction
-- Up: renames what the models name otherwise in items and goods.
-- Why: it was acknowledged that no program runs meanwhile.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: offline rename.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    RENAME COLUMN archived_at TO closed_at;
