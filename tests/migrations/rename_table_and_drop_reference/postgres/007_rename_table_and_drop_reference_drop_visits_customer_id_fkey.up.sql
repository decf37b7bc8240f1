-- Up: drops the foreign key visits_customer_id_fkey of visits.
-- Why: dropping the table would lock the other one for as long as that takes.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on visits and accounts.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE visits
    DROP CONSTRAINT visits_customer_id_fkey;
