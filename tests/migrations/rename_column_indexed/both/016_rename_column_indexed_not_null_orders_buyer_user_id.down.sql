-- no-transaction
-- Down: lets orders.buyer_user_id take NULL.
-- Why: takes back what the way up did (forbids NULL in orders.buyer_user_id).
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN buyer_user_id DROP NOT NULL;
