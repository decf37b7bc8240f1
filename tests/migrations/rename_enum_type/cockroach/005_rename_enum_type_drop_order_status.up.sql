-- no-transaction
-- Up: drops the type order_status.
-- Why: no column has it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TYPE order_status;
