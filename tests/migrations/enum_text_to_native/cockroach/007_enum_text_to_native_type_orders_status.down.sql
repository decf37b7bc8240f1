-- no-transaction
-- Down: makes orders.status TEXT.
-- Why: takes back what the way up did (makes orders.status order_status).
-- Phase: contract.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN status TYPE TEXT USING status::TEXT;
