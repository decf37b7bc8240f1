-- no-transaction
-- Down: drops the table teams.
-- Why: takes back what the way up did (creates the table teams).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: every row of teams.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TABLE teams;
