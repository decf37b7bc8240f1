-- no-transaction
-- Down: forbids NULL in orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba again;
--   where rows have it, give them a value first.
-- Why: takes back what the way up did (lets
--   orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba take NULL).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba IS NULL) THEN
        RAISE EXCEPTION 'some rows have NULL in orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba, which took none before'
            USING HINT = 'give these rows a value in orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba, and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_a_column_whose_name_is_as_long_as_the_server_ta_33244785;
ALTER TABLE orders
    ADD CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_33244785 CHECK (a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_33244785;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
SET LOCAL row_security = off;
ALTER TABLE orders
    ALTER COLUMN a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba SET NOT NULL;
ALTER TABLE orders
    DROP CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_33244785;
COMMIT;
