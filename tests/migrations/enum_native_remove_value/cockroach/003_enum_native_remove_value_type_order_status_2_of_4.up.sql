-- no-transaction
-- Up: makes the type order_status anew.
-- Why: a type cannot lose a value, so it is made anew.
-- Phase: contract.
-- Takes: as long as every row takes to be written.
-- Acknowledged: rewrites orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TYPE order_status AS ENUM ('pending', 'paid');
