-- no-transaction
-- Down: makes orders.region INTEGER.
-- Why: takes back what the way up did (makes orders.region BIGINT).
-- Phase: contract.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN region TYPE INT4 USING region::INT4;
