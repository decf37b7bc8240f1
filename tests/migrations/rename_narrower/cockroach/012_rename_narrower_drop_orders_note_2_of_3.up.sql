-- no-transaction
-- Up: drops the column orders.note and what kept it alike.
-- Why: its values are in orders.remark.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: loses orders.remark.
-- Lost: of the values of orders.remark: what is longer than 20 characters is cut.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION orders_remark_sync();
