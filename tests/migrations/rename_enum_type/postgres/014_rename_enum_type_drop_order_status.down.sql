-- Down: creates the type order_status again.
-- Why: takes back what the way up did (drops the type order_status).
-- Phase: expand.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE order_status AS ENUM ('pending', 'paid');
