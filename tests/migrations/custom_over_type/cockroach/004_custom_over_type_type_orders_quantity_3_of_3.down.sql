-- no-transaction
-- Down: makes orders.quantity INTEGER, and makes order_totals anew, which would stand in the way.
-- Why: takes back what the way up did (makes orders.quantity BIGINT, and makes order_totals anew,
--   which would stand in the way).
-- Phase: contract.
-- Takes: as long as every row takes to be written, beside the running program.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP VIEW order_totals;
