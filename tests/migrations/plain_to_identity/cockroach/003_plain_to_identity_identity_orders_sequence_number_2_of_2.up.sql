-- no-transaction
-- Up: numbers orders.sequence_number.
-- Why: the models say who numbers it.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Takes: as long as every row takes to be read.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SELECT setval(pg_get_serial_sequence('orders', 'sequence_number'), nullif(greatest(max(sequence_number), 0), 0)) FROM orders;
