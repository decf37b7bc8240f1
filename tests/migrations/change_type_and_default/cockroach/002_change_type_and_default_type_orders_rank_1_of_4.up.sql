-- no-transaction
-- Up: makes orders.rank BIGINT.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.rank.
-- Acknowledged: rewrites orders, no loss in orders.rank.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(rank AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(rank AS INT8) AS TEXT) AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.rank that BIGINT does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(rank AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(rank AS INT8) AS TEXT) AS TEXT); and run this file again';
    END IF;
END
$$;
