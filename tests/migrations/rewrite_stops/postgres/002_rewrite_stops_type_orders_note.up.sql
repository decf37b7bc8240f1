-- Up: makes orders.note VARCHAR(5).
-- Why: it was acknowledged that the table is blocked meanwhile.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.note.
-- Acknowledged: rewrites orders, no loss in orders.note.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE char_length(note::text) > 5) THEN
        RAISE EXCEPTION 'some rows have values in orders.note that VARCHAR(5) does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE char_length(note::text) > 5; and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.note that VARCHAR(5) does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE char_length(note::text) > 5; and run this file again';
END
$$;
ALTER TABLE orders
    ALTER COLUMN note TYPE VARCHAR(5) USING note::VARCHAR(5);
