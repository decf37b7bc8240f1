-- no-transaction
-- Down: drops the column orders.cry.
-- Why: takes back what the way up did (adds the column orders.cry, empty).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Lost: what was written into orders.cry since it is there.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP COLUMN cry;
