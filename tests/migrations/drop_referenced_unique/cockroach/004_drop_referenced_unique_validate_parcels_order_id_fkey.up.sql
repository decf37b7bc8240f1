-- no-transaction
-- Up: proves the foreign key parcels_order_id_fkey of parcels.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: contract.
-- Takes: as long as every row takes to be read.
-- Reads: every row of parcels, orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE parcels
    VALIDATE CONSTRAINT parcels_order_id_fkey;
