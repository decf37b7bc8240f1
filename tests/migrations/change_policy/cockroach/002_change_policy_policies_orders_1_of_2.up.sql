-- no-transaction
-- Up: changes the policies of orders.
-- Why: they may hide rows from the old release, which is gone; all of a table change at one moment,
--   so that no row is seen by whom it should not.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP POLICY own_region ON orders;
