-- no-transaction
-- Down: puts the check orders_status_check of orders back as it was.
-- Why: takes back what the way up did (puts the check orders_status_check of orders in the place of
--   the old one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE NOT (status IN ('pending', 'paid', 'shipped'))) THEN
        RAISE EXCEPTION 'some rows break the check orders_status_check of orders, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM orders WHERE NOT (status IN (''pending'', ''paid'', ''shipped'')); and run this file again';
    END IF;
END
$$;
