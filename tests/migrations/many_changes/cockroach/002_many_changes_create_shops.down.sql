-- no-transaction
-- Down: drops the table shops.
-- Why: takes back what the way up did (creates the table shops).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: every row of shops.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TABLE shops;
