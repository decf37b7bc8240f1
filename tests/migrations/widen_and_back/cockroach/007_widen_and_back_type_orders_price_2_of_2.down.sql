-- no-transaction
-- Down: makes orders.price NUMERIC(12, 2) again.
-- Why: takes back what the way up did (makes orders.price NUMERIC).
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.price.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE price <> 'NaN' AND abs(round(price::numeric, 2)) >= 1e10 OR price <> round(price, 2)) THEN
        RAISE EXCEPTION 'some rows have values in orders.price that NUMERIC(12, 2) does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE price <> ''NaN'' AND abs(round(price::numeric, 2)) >= 1e10 OR price <> round(price, 2); and run this file again';
    END IF;
END
$$;
