-- no-transaction
-- Up: adds the check goods_closed_at_created_at_check of goods, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ADD CONSTRAINT goods_closed_at_created_at_check CHECK (closed_at IS NULL OR closed_at >= created_at) NOT VALID;
