-- no-transaction
-- Down: adds the check orders_status_check of orders again.
-- Why: takes back what the way up did (drops the check orders_status_check of orders).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE NOT (status IN ('pending', 'paid'))) THEN
        RAISE EXCEPTION 'some rows break the check orders_status_check of orders, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM orders WHERE NOT (status IN (''pending'', ''paid'')); and run this file again';
    END IF;
END
$$;
