-- Down: makes orders.code VARCHAR(20) again.
-- Why: takes back what the way up did (makes orders.code TEXT).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of orders.
-- Prepared: a statement of an open connection fails once where it returns orders.code.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE char_length(code::text) > 20) THEN
        RAISE EXCEPTION 'some rows have values in orders.code that VARCHAR(20) does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE char_length(code::text) > 20; and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in orders.code that VARCHAR(20) does not take'
        USING HINT = 'change the rows of SELECT * FROM orders WHERE char_length(code::text) > 20; and run this file again';
END
$$;
ALTER TABLE orders
    DROP CONSTRAINT orders_code_check;
ALTER TABLE orders
    ALTER COLUMN code TYPE VARCHAR(20) USING code::VARCHAR(20);
ALTER TABLE orders
    ADD CONSTRAINT orders_code_check CHECK (code <> '');
