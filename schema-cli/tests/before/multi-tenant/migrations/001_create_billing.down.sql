-- Down: drops the tables customers, domains, invoices and tenants.
-- Why: takes back what the way up did (creates the tables customers, domains, invoices and
--   tenants).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on each of the tables.
-- Takes: an instant, once it has the lock.
-- Lost: every row of these tables.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TABLE invoices;
DROP TABLE domains;
DROP TABLE customers;
DROP TABLE tenants;
