-- no-transaction
-- Down: forbids NULL in orders.note again; where rows have it, give them a value first.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN note SET NOT NULL;
