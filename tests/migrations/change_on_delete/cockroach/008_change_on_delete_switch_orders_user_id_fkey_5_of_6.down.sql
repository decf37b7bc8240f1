-- no-transaction
-- Down: puts the foreign key orders_user_id_fkey of orders back as it was.
-- Why: takes back what the way up did (puts the foreign key orders_user_id_fkey of orders in the
--   place of the old one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of orders, users.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_user_id_fkey_old;
