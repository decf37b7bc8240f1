-- no-transaction
-- Down: changes the policies of orders back.
-- Why: takes back what the way up did (changes the policies of orders).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE POLICY own_region ON orders
    USING (region = current_setting('app.region', true));
