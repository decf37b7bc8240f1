-- no-transaction
-- Down: forbids NULL in orders.code again; where rows have it, give them a value first.
-- Why: takes back what the way up did (lets orders.code take NULL).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE code IS NULL) THEN
        RAISE EXCEPTION 'orders.code was dropped, and its values with it: some rows have none'
            USING HINT = 'fill orders.code from a backup, or with what the program can bear, and run this file again';
    END IF;
END
$$;
