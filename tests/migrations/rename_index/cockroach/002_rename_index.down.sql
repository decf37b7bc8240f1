-- no-transaction
-- Down: renames the constraints and indexes of orders back.
-- Why: takes back what the way up did (renames the constraints and indexes of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER INDEX idx_orders_number
    RENAME TO idx_orders_by_number;
