-- no-transaction
-- Up: makes doubles.
-- Why: what it stands on is as it is to be.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE MATERIALIZED VIEW doubles AS
    SELECT DISTINCT doubled FROM orders;
