-- no-transaction
-- Up: makes orders.weight BIGINT.
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.weight.
-- Acknowledged: rewrites orders, no loss in orders.weight.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE weight NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR weight <> round(weight)) THEN
        RAISE EXCEPTION 'some rows have values in orders.weight that BIGINT does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE weight NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR weight <> round(weight); and run this file again';
    END IF;
END
$$;
