-- no-transaction
-- Down: drops the table members.
-- Why: takes back what the way up did (creates the table members).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: every row of members.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TABLE members;
