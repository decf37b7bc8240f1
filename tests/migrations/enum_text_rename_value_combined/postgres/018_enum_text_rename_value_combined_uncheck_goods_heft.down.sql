-- no-transaction
-- Down: adds the check goods_heft_not_null again, so that the file before can be run again without
--   a look at the rows.
-- Why: takes back what the way up did (drops the check goods_heft_not_null).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on goods.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE goods
    DROP CONSTRAINT IF EXISTS goods_heft_not_null;
ALTER TABLE goods
    ADD CONSTRAINT goods_heft_not_null CHECK (heft IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';
ALTER TABLE goods
    VALIDATE CONSTRAINT goods_heft_not_null;
COMMIT;
