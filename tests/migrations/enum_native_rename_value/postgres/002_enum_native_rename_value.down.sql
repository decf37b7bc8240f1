-- Down: renames the value settled of the type order_status to paid.
-- Why: takes back what the way up did (renames the value paid of the type order_status to settled).
-- Phase: expand.
-- Locks: none that anyone waits for.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TYPE order_status RENAME VALUE 'settled' TO 'paid';
