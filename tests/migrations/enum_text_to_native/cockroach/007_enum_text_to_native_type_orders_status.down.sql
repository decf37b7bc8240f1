-- no-transaction
-- Down: makes orders.status TEXT again.
-- Why: takes back what the way up did (makes orders.status order_status).
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Prepared: a statement of an open connection fails once where it returns orders.status.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN status TYPE TEXT USING status::TEXT;
