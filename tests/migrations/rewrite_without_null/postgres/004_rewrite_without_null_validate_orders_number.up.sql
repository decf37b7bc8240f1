-- Up: proves that no row has NULL in orders.number.
-- Why: in a file of its own, since the lock of the file before would be held while every row is
--   read.
-- Phase: contract.
-- Locks: SHARE UPDATE EXCLUSIVE on orders, which lets rows be read and written.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE orders
    VALIDATE CONSTRAINT orders_number_not_null;
