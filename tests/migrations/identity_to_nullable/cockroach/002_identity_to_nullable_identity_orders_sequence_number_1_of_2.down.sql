-- no-transaction
-- Down: numbers orders.sequence_number.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: expand.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SELECT setval(pg_get_serial_sequence('orders', 'sequence_number'), nullif(greatest(max(sequence_number), 0), 0)) FROM orders;
