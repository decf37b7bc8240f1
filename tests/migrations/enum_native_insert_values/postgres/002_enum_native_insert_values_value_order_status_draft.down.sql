-- Down: takes the value draft out of the type order_status.
-- Why: takes back what the way up did (adds the value draft to the type order_status).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Reads: every row of orders.
-- Refuses: to run while there are rows in orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

SET LOCAL row_security = off;
DO $$
BEGIN
    IF EXISTS (SELECT FROM orders) THEN
        RAISE EXCEPTION 'a type loses a value only by being made anew, which would rewrite orders while it is blocked'
            USING HINT = 'leave the value there: one that nobody writes does no harm';
    END IF;
END
$$;
ALTER TYPE order_status RENAME TO order_status_old;
CREATE TYPE order_status AS ENUM ('pending', 'shipped');
ALTER TABLE orders
    ALTER COLUMN status TYPE order_status USING status::text::order_status;
DROP TYPE order_status_old;
