-- no-transaction
-- Up: makes order_totals.
-- Why: what it stands on is there.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE VIEW order_totals AS
    SELECT number, twice(quantity) AS quantity FROM orders;
