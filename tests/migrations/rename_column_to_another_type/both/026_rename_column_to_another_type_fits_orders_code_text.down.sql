-- no-transaction
-- Down: makes sure that orders.code takes every value.
-- Why: takes back what the way up did (leaves orders.code to the next file).
-- Phase: expand.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE code_text IS NOT NULL AND code_text IS DISTINCT FROM CAST(CAST(code_text AS INT8) AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.code_text that BIGINT does not take'
            USING HINT = 'give these rows a value in orders.code_text that BIGINT takes, and run this file again';
    END IF;
END
$$;
