-- no-transaction
-- Down: drops the trigger orders_code_text_sync of orders, where orders.code has all of
--   orders.code_text.
-- Why: takes back what the way up did (creates the trigger orders_code_text_sync of orders).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE code_text IS NOT NULL AND code_text IS DISTINCT FROM CAST(code AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.code_text that BIGINT does not take'
            USING HINT = 'give these rows a value in orders.code_text that BIGINT takes, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DROP TRIGGER orders_code_text_sync ON orders;
DROP FUNCTION orders_code_text_sync();
COMMIT;
