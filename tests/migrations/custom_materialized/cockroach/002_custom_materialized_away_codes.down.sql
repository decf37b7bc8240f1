-- no-transaction
-- Down: makes again codes.
-- Why: takes back what the way up did (takes away codes).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE MATERIALIZED VIEW codes AS
    SELECT DISTINCT code FROM orders;
