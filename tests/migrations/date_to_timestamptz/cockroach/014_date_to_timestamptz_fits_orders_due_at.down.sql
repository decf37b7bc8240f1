-- no-transaction
-- Down: makes sure that orders.due_on takes every value.
-- Why: takes back what the way up did (leaves orders.due_on to the next file).
-- Phase: expand.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE due_at IS NOT NULL AND due_at IS DISTINCT FROM (CAST(CAST(due_at AT TIME ZONE 'UTC' AS DATE) AS TIMESTAMP) AT TIME ZONE 'UTC')) THEN
        RAISE EXCEPTION 'some rows have values in orders.due_at that DATE does not take'
            USING HINT = 'give these rows a value in orders.due_at that DATE takes, and run this file again';
    END IF;
END
$$;
