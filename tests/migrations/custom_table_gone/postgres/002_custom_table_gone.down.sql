-- Down: makes again audit_log.
-- Why: takes back what the way up did (takes away audit_log).
-- Phase: expand.
-- Locks: those of its statements.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE audit_log (id BIGINT PRIMARY KEY, what TEXT);
CREATE MATERIALIZED VIEW order_sums AS SELECT count(*) FROM orders;
