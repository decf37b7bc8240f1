-- no-transaction
-- Up: makes orders.code TEXT, and makes codes anew, which would stand in the way.
-- Why: PostgreSQL does this without a look at the rows.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Prepared: a statement of an open connection fails once where it returns orders.code.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE VIEW codes AS
    SELECT DISTINCT code FROM orders;
