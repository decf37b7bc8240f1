-- no-transaction
-- Down: drops the table orders.
-- Why: takes back what the way up did (creates the table orders).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TABLE orders;
