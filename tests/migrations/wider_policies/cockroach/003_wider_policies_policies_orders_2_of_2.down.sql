-- no-transaction
-- Down: changes the policies of orders back.
-- Why: takes back what the way up did (changes the policies of orders).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP POLICY readers ON orders;
