-- no-transaction
-- Up: makes codes.
-- Why: what it stands on is as it is to be.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE MATERIALIZED VIEW codes AS
    SELECT DISTINCT code FROM orders;
