-- no-transaction
-- Down: makes orders.tally INTEGER again.
-- Why: takes back what the way up did (makes orders.tally DOUBLE PRECISION).
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.tally.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE tally NOT BETWEEN -2147483648 AND 2147483647 OR tally <> round(tally)) THEN
        RAISE EXCEPTION 'some rows have values in orders.tally that INTEGER does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE tally NOT BETWEEN -2147483648 AND 2147483647 OR tally <> round(tally); and run this file again';
    END IF;
END
$$;
