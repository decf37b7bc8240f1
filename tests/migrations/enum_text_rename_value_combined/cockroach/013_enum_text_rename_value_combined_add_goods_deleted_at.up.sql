-- no-transaction
-- Up: adds the column goods.deleted_at.
-- Why: the models have it; the rows that are there are not touched.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ADD COLUMN deleted_at TIMESTAMPTZ;
