-- no-transaction
-- Down: makes order_totals as before.
-- Why: takes back what the way up did (makes order_totals anew).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP VIEW order_totals;
