-- no-transaction
-- Up: drops the column orders.memo and what kept it alike.
-- Why: its values are in orders.remark.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: which rows had NULL in orders.memo.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION orders_remark_sync();
