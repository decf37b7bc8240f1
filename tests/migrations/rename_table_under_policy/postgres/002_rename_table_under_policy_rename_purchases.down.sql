-- Down: renames the table orders to purchases in the place of the view.
-- Why: takes back what the way up did (renames the table purchases to orders, with a view of the
--   old name: no COPY writes through it, and no MERGE before version 17).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders and purchases.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP VIEW purchases;
ALTER TABLE orders
    RENAME TO purchases;
