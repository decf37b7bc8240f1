-- Up: changes the policies of orders.
-- Why: each row has its value in the new column now; before, they would hide the rows that had
--   none.
-- Phase: backfill.
-- Release: the new one may start after this file.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP POLICY own_region ON orders;
CREATE POLICY own_region ON orders
    USING (area = current_setting('app.region', true));
