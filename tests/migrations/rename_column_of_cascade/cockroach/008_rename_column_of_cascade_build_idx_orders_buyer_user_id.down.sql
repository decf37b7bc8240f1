-- no-transaction
-- Down: drops the index idx_orders_buyer_user_id of orders.
-- Why: takes back what the way up did (builds the index idx_orders_buyer_user_id of orders).
-- Phase: backfill.
-- Takes: until every transaction that may use it has ended.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP INDEX CONCURRENTLY idx_orders_buyer_user_id;
