-- no-transaction
-- Down: forbids NULL in orders.weight again; where rows have it, give them a value first.
-- Why: takes back what the way up did (lets orders.weight take NULL).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE weight IS NULL) THEN
        RAISE EXCEPTION 'some rows have NULL in orders.weight, which took none before'
            USING HINT = 'give these rows a value in orders.weight, and run this file again';
    END IF;
END
$$;
