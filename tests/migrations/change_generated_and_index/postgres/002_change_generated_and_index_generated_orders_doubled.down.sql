-- Down: computes orders.doubled as the models say.
-- Why: takes back what the way up did (computes orders.doubled as the models say).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE orders
    DROP COLUMN doubled;
ALTER TABLE orders
    ADD COLUMN doubled BIGINT NOT NULL GENERATED ALWAYS AS (number * 2) STORED;
