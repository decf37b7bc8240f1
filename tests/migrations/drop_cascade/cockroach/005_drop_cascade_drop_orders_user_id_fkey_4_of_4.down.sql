-- no-transaction
-- Down: adds the foreign key orders_user_id_fkey of orders again.
-- Why: takes back what the way up did (drops the foreign key orders_user_id_fkey of orders).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of orders, users.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE orders.user_id IS NOT NULL AND NOT EXISTS (SELECT FROM users AS target WHERE target.id = orders.user_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key orders_user_id_fkey of orders, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM orders WHERE orders.user_id IS NOT NULL AND NOT EXISTS (SELECT FROM users AS target WHERE target.id = orders.user_id); and run this file again';
    END IF;
END
$$;
