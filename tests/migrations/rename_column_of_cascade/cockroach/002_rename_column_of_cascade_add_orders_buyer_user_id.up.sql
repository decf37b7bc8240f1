-- no-transaction
-- Up: adds the column orders.buyer_user_id, empty.
-- Why: it takes the place of orders.user_id, which the old release goes on using.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN buyer_user_id UUID;
