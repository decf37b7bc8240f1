-- no-transaction
-- Down: makes orders.tags VARCHAR(12)[].
-- Why: takes back what the way up did (makes orders.tags TEXT[]).
-- Phase: contract.
-- Takes: as long as every row takes to be written, beside the running program.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(tags AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(tags AS VARCHAR(12)[]) AS TEXT[]) AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.tags that VARCHAR(12)[] does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(tags AS TEXT) IS DISTINCT FROM CAST(CAST(CAST(tags AS VARCHAR(12)[]) AS TEXT[]) AS TEXT); and run this file again';
    END IF;
END
$$;
