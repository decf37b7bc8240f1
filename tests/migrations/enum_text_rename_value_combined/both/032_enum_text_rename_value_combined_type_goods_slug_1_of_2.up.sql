-- no-transaction
-- Up: makes goods.slug VARCHAR(80).
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Reads: every row of goods.
-- Prepared: a statement of an open connection fails once where it returns goods.slug.
-- Acknowledged: rewrites goods, no loss in goods.slug.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM goods WHERE char_length(slug::text) > 80) THEN
        RAISE EXCEPTION 'some rows have values in goods.slug that VARCHAR(80) does not take'
            USING HINT = 'change the rows of SELECT * FROM goods WHERE char_length(slug::text) > 80; and run this file again';
    END IF;
END
$$;
