-- no-transaction
-- Down: renames the constraints and indexes of orders back.
-- Why: takes back what the way up did (renames the constraints and indexes of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER INDEX orders_code_unique
    RENAME TO orders_by_code_unique;
