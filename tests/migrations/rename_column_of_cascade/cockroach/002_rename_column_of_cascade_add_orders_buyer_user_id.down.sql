-- no-transaction
-- Down: drops the column orders.buyer_user_id.
-- Why: takes back what the way up did (adds the column orders.buyer_user_id, empty).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP COLUMN buyer_user_id;
