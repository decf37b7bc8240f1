-- Up: changes the policies of orders.
-- Why: they may hide rows from the old release, which is gone; all of a table change at one moment,
--   so that no row is seen by whom it should not.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Policies: forced on orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE POLICY own_region ON orders
    USING (region = current_setting('app.region', true));
ALTER TABLE orders
    ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders
    FORCE ROW LEVEL SECURITY;
