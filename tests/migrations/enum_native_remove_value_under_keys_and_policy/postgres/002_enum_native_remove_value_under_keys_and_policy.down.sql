-- Down: makes the type region as it was, and makes north_orders anew, which would stand in the way.
-- Why: takes back what the way up did (makes the type region anew, and makes north_orders anew,
--   which would stand in the way).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders and parcels; those of its statements of north_orders.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '0';

DROP VIEW north_orders;

ALTER TABLE parcels
    DROP CONSTRAINT parcels_order_number_region_fkey;
DROP POLICY quiet ON orders;
ALTER TYPE region RENAME TO region_old;
CREATE TYPE region AS ENUM ('north', 'south', 'west');
ALTER TABLE orders
    ALTER COLUMN region TYPE region USING region::text::region;
ALTER TABLE parcels
    ALTER COLUMN region TYPE region USING region::text::region;
DROP TYPE region_old;
CREATE POLICY quiet ON orders
    USING (region <> 'north' OR number > 0);
ALTER TABLE parcels
    ADD CONSTRAINT parcels_order_number_region_fkey FOREIGN KEY (order_number, region) REFERENCES orders (number, region) ON DELETE CASCADE;

CREATE VIEW north_orders AS SELECT id, number, region FROM orders WHERE region = 'north';
