-- no-transaction
-- Down: drops the table order_tags.
-- Why: takes back what the way up did (creates the table order_tags).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: every row of order_tags.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TABLE order_tags;
