-- no-transaction
-- Down: makes orders.grade VARCHAR(20) again.
-- Why: takes back what the way up did (makes orders.grade TEXT).
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.grade.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE char_length(grade::text) > 20) THEN
        RAISE EXCEPTION 'some rows have values in orders.grade that VARCHAR(20) does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE char_length(grade::text) > 20; and run this file again';
    END IF;
END
$$;
