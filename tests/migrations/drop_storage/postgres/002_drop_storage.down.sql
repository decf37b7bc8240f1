-- Down: sets the storage parameters of orders back.
-- Why: takes back what the way up did (sets the storage parameters of orders).
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    SET (fillfactor = 80, vacuum_index_cleanup = off);
