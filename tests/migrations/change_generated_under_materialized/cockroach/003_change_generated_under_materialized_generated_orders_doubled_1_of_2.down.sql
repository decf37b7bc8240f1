-- no-transaction
-- Down: computes orders.doubled as the models say.
-- Why: takes back what the way up did (computes orders.doubled as the models say).
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD COLUMN doubled INT8 NOT NULL GENERATED ALWAYS AS (number * 2) STORED;
