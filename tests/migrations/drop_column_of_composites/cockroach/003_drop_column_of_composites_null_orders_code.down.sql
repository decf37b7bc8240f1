-- no-transaction
-- Down: forbids NULL in orders.code again; where rows have it, give them a value first.
-- Why: takes back what the way up did (lets orders.code take NULL).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN code SET NOT NULL;
