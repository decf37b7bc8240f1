-- no-transaction
-- Up: drops the table orders.
-- Why: no release uses it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: drops orders.
-- Lost: every row of orders: the way back makes the table, a backup has its rows.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TABLE orders;
