-- no-transaction
-- Down: makes sure that orders.code takes every value.
-- Why: takes back what the way up did (leaves orders.code to the next file).
-- Phase: expand.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE label IS NOT NULL AND label IS DISTINCT FROM CAST(CAST(label AS VARCHAR(20)) AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.label that VARCHAR(20) does not take'
            USING HINT = 'give these rows a value in orders.label that VARCHAR(20) takes, and run this file again';
    END IF;
END
$$;
