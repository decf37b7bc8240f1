-- Down: drops the check orders_a_column_whose_name_is_as_long_as_the_server_ta_a66a17d7 of orders.
-- Why: takes back what the way up did (adds the check
--   orders_a_column_whose_name_is_as_long_as_the_server_ta_a66a17d7 of orders, not valid yet).
-- Phase: backfill.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    DROP CONSTRAINT IF EXISTS orders_a_column_whose_name_is_as_long_as_the_server_ta_a66a17d7;
