-- no-transaction
-- Down: drops the table users.
-- Why: takes back what the way up did (creates the table users).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: every row of users.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TABLE users;
