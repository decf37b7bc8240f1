-- no-transaction
-- Down: fills orders.user_id in batches of 1000 rows, each in a transaction of its own.
-- Why: takes back what the way up did (leaves orders.user_id to the next file).
-- Phase: expand.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CALL fill_orders_user_id();
