-- no-transaction
-- Up: creates the procedure that fills the column.
-- Why: one UPDATE over the table would lock every row until it ends.
-- Phase: backfill.
-- Takes: an instant.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE PROCEDURE fill_orders_area()
    LANGUAGE plpgsql
    AS $$
DECLARE
    first_region TEXT;
    first_id UUID;
    last_region TEXT;
    last_id UUID;
BEGIN
    LOOP
        IF first_region IS NULL THEN
            SELECT region, id INTO first_region, first_id FROM orders ORDER BY region, id LIMIT 1;
        ELSE
            SELECT region, id INTO first_region, first_id FROM orders WHERE (region, id) > (last_region, last_id) ORDER BY region, id LIMIT 1;
        END IF;
        EXIT WHEN first_region IS NULL;
        SELECT region, id INTO last_region, last_id
        FROM (SELECT region, id FROM orders WHERE (region, id) >= (first_region, first_id) ORDER BY region, id LIMIT 1000) AS batch
        ORDER BY region DESC, id DESC LIMIT 1;
        UPDATE orders
        SET area = region
        WHERE (region, id) >= (first_region, first_id) AND (region, id) <= (last_region, last_id)
            AND area IS DISTINCT FROM region;
        COMMIT;
    END LOOP;
END
$$;
