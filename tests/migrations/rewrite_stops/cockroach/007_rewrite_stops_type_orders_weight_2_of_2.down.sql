-- no-transaction
-- Down: makes orders.weight DOUBLE PRECISION again.
-- Why: takes back what the way up did (makes orders.weight BIGINT).
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.weight.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(weight AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(weight AS DOUBLE PRECISION) AS INT8) AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.weight that DOUBLE PRECISION does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(weight AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(weight AS DOUBLE PRECISION) AS INT8) AS TEXT); and run this file again';
    END IF;
END
$$;
