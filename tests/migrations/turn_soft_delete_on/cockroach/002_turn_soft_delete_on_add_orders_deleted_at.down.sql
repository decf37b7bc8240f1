-- no-transaction
-- Down: drops the column orders.deleted_at.
-- Why: takes back what the way up did (adds the column orders.deleted_at).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into orders.deleted_at since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP COLUMN deleted_at;
