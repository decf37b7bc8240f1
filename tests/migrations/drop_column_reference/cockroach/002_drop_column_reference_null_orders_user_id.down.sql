-- no-transaction
-- Down: forbids NULL in orders.user_id again; where rows have it, give them a value first.
-- Why: takes back what the way up did (lets orders.user_id take NULL).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN user_id SET NOT NULL;
