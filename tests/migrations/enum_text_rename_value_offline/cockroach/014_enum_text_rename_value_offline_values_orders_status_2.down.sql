-- no-transaction
-- Down: changes settled to paid in the rows of orders.status, in batches.
-- Why: takes back what the way up did (changes paid to settled in the rows of orders.status, in
--   batches).
-- Phase: expand.
-- Takes: as long as every row takes to be written; it can be stopped, and goes on when it is run
--   again.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CALL fill_orders_status();
