-- no-transaction
-- Down: changes the policies of orders back.
-- Why: takes back what the way up did (changes the policies of orders).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE POLICY no_zero ON orders
    AS RESTRICTIVE
    FOR INSERT
    WITH CHECK (number <> 0);
