-- Down: changes the policies of orders back.
-- Why: takes back what the way up did (changes the policies of orders).
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
