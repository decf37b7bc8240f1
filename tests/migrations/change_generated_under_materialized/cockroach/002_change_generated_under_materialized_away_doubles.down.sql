-- no-transaction
-- Down: makes again doubles.
-- Why: takes back what the way up did (takes away doubles).
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE MATERIALIZED VIEW doubles AS
    SELECT DISTINCT doubled FROM orders;
