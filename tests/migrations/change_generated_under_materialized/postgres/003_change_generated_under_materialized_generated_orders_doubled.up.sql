-- Up: computes orders.doubled as the models say.
-- Why: who gives the column its values is another one for each release.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on orders, while every row is written.
-- Takes: as long as every row takes to be written.
-- Acknowledged: rewrites orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

ALTER TABLE orders
    DROP COLUMN doubled;
ALTER TABLE orders
    ADD COLUMN doubled BIGINT NOT NULL GENERATED ALWAYS AS (number * 3) STORED;
