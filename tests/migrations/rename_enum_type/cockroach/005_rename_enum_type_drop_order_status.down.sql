-- no-transaction
-- Down: creates the type order_status again.
-- Why: takes back what the way up did (drops the type order_status).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TYPE order_status AS ENUM ('pending', 'paid');
