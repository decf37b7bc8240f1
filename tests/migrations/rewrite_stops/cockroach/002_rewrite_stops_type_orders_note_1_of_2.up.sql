-- no-transaction
-- Up: makes orders.note VARCHAR(5).
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.note.
-- Acknowledged: rewrites orders, no loss in orders.note.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE char_length(note::text) > 5) THEN
        RAISE EXCEPTION 'some rows have values in orders.note that VARCHAR(5) does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE char_length(note::text) > 5; and run this file again';
    END IF;
END
$$;
