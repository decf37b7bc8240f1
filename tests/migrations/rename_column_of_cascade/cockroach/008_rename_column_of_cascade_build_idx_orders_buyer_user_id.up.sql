-- no-transaction
-- Up: builds the index idx_orders_buyer_user_id of orders.
-- Why: an index on a table with rows is built while the program runs.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_orders_buyer_user_id ON orders (buyer_user_id);
