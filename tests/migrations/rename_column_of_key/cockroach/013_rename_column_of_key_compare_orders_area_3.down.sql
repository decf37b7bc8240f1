-- no-transaction
-- Down: creates the procedure that fills the column.
-- Why: takes back what the way up did (leaves orders.region to the next file).
-- Phase: expand.
-- Takes: an instant.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE PROCEDURE fill_orders_region()
    LANGUAGE plpgsql
    AS $$
DECLARE
    first_area TEXT;
    first_id UUID;
    last_area TEXT;
    last_id UUID;
BEGIN
    LOOP
        IF first_area IS NULL THEN
            SELECT area, id INTO first_area, first_id FROM orders ORDER BY area, id LIMIT 1;
        ELSE
            SELECT area, id INTO first_area, first_id FROM orders WHERE (area, id) > (last_area, last_id) ORDER BY area, id LIMIT 1;
        END IF;
        EXIT WHEN first_area IS NULL;
        SELECT area, id INTO last_area, last_id
        FROM (SELECT area, id FROM orders WHERE (area, id) >= (first_area, first_id) ORDER BY area, id LIMIT 1000) AS batch
        ORDER BY area DESC, id DESC LIMIT 1;
        UPDATE orders
        SET region = area
        WHERE (area, id) >= (first_area, first_id) AND (area, id) <= (last_area, last_id)
            AND region IS DISTINCT FROM area;
        COMMIT;
    END LOOP;
END
$$;
