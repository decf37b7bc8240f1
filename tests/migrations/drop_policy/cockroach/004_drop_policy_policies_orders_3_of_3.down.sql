-- no-transaction
-- Down: changes the policies of orders back.
-- Why: takes back what the way up did (changes the policies of orders).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Policies: forced on orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE POLICY own_region ON orders
    USING (region = current_setting('app.region', true));
