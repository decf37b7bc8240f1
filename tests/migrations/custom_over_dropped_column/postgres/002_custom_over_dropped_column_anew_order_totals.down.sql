-- Down: makes order_totals as before.
-- Why: takes back what the way up did (makes order_totals anew).
-- Phase: contract.
-- Locks: those of its statements.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP VIEW order_totals;
CREATE VIEW order_totals AS
    SELECT number, quantity, note FROM orders;
