-- no-transaction
-- Down: forbids NULL in items.name again; where rows have it, give them a value first.
-- Why: takes back what the way up did (lets items.name take NULL).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of items.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM items WHERE name IS NULL) THEN
        RAISE EXCEPTION 'some rows have NULL in items.name, which took none before'
            USING HINT = 'give these rows a value in items.name, and run this file again';
    END IF;
END
$$;
