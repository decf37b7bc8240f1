-- Down: makes the type order_status as it was.
-- Why: takes back what the way up did (makes the type order_status anew).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TYPE order_status RENAME TO order_status_old;
CREATE TYPE order_status AS ENUM ('pending', 'paid', 'shipped');
ALTER TABLE orders
    ALTER COLUMN status TYPE order_status USING status::text::order_status;
DROP TYPE order_status_old;
