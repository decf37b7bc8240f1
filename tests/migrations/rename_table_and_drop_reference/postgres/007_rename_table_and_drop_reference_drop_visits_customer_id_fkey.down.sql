-- no-transaction
-- Down: adds the foreign key visits_customer_id_fkey of visits again.
-- Why: takes back what the way up did (drops the foreign key visits_customer_id_fkey of visits).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on visits; SHARE ROW EXCLUSIVE on accounts.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
DO $$
BEGIN
    IF EXISTS (SELECT FROM visits WHERE visits.customer_id IS NOT NULL AND NOT EXISTS (SELECT FROM accounts AS target WHERE target.id = visits.customer_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key visits_customer_id_fkey of visits, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM visits WHERE visits.customer_id IS NOT NULL AND NOT EXISTS (SELECT FROM accounts AS target WHERE target.id = visits.customer_id); and run this file again';
    END IF;
END
$$;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE visits
    DROP CONSTRAINT IF EXISTS visits_customer_id_fkey;
ALTER TABLE visits
    ADD CONSTRAINT visits_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES accounts (id) ON DELETE CASCADE NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE visits
    VALIDATE CONSTRAINT visits_customer_id_fkey;
COMMIT;
