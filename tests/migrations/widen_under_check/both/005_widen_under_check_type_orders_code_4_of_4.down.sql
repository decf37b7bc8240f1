-- no-transaction
-- Down: makes orders.code VARCHAR(20) again.
-- Why: takes back what the way up did (makes orders.code TEXT).
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.code.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE char_length(code::text) > 20) THEN
        RAISE EXCEPTION 'some rows have values in orders.code that VARCHAR(20) does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE char_length(code::text) > 20; and run this file again';
    END IF;
END
$$;
