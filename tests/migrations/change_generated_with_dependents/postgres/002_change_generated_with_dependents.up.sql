-- Up: computes lines.total_price as the models say.
-- Why: who gives the column its values is another one for each release.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Locks: ACCESS EXCLUSIVE on lines, while every row is written.
-- Takes: as long as every row takes to be written.
-- Acknowledged: rewrites lines.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

DROP POLICY cheap ON lines;
ALTER TABLE lines
    DROP CONSTRAINT lines_total_price_check;
ALTER TABLE lines
    DROP CONSTRAINT lines_code_total_price_unique;
DROP INDEX idx_lines_total_price;
DROP INDEX idx_lines_number;
ALTER TABLE lines
    DROP COLUMN total_price;
ALTER TABLE lines
    ADD COLUMN total_price BIGINT NOT NULL GENERATED ALWAYS AS (number * 3) STORED;
COMMENT ON COLUMN lines.total_price IS 'What it costs.';
CREATE INDEX idx_lines_number ON lines (number) WHERE total_price > 10;
CREATE INDEX idx_lines_total_price ON lines (total_price);
ALTER TABLE lines
    ADD CONSTRAINT lines_code_total_price_unique UNIQUE (code, total_price);
ALTER TABLE lines
    ADD CONSTRAINT lines_total_price_check CHECK (total_price < 1000000);
CREATE POLICY cheap ON lines
    USING (total_price < 900000);
