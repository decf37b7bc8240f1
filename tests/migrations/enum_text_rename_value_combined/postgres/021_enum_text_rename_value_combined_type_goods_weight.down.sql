-- Down: makes goods.weight INTEGER again.
-- Why: takes back what the way up did (makes goods.weight BIGINT).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods, while every row is read or written.
-- Takes: as long as every row takes to be written.
-- Reads: every row of goods.
-- Prepared: a statement of an open connection fails once where it returns goods.weight.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

SET LOCAL row_security = off;
LOCK TABLE goods IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM goods WHERE weight NOT BETWEEN -2147483648 AND 2147483647) THEN
        RAISE EXCEPTION 'some rows have values in goods.weight that INTEGER does not take'
            USING HINT = 'change the rows of SELECT * FROM goods WHERE weight NOT BETWEEN -2147483648 AND 2147483647; and run this file again';
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION 'some rows have values in goods.weight that INTEGER does not take'
        USING HINT = 'change the rows of SELECT * FROM goods WHERE weight NOT BETWEEN -2147483648 AND 2147483647; and run this file again';
END
$$;
ALTER TABLE goods
    ALTER COLUMN weight TYPE INTEGER USING weight::INTEGER;
