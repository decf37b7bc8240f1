-- no-transaction
-- Up: changes comments of orders.
-- Why: the models say something else.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

COMMENT ON COLUMN orders.weight IS NULL;
