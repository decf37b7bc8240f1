-- no-transaction
-- Up: takes away order_totals.
-- Why: no release uses it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP VIEW order_totals;
