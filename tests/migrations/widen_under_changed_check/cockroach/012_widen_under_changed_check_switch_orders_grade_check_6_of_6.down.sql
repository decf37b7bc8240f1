-- no-transaction
-- Down: puts the check orders_grade_check of orders back as it was.
-- Why: takes back what the way up did (puts the check orders_grade_check of orders in the place of
--   the old one).
-- Phase: contract.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE NOT (grade IN ('fine', 'worn'))) THEN
        RAISE EXCEPTION 'some rows break the check orders_grade_check of orders, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM orders WHERE NOT (grade IN (''fine'', ''worn'')); and run this file again';
    END IF;
END
$$;
