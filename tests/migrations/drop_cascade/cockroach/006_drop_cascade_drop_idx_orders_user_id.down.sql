-- no-transaction
-- Down: builds the index idx_orders_user_id of orders.
-- Why: takes back what the way up did (drops the index idx_orders_user_id of orders).
-- Phase: expand.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE INDEX CONCURRENTLY idx_orders_user_id ON orders (user_id);
