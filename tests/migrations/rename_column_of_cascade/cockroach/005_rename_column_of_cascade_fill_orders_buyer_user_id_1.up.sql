-- no-transaction
-- Up: creates the procedure that fills the column.
-- Why: one UPDATE over the table would lock every row until it ends.
-- Phase: backfill.
-- Takes: an instant.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE PROCEDURE fill_orders_buyer_user_id()
    LANGUAGE plpgsql
    AS $$
DECLARE
    first_id UUID;
    last_id UUID;
BEGIN
    LOOP
        IF first_id IS NULL THEN
            SELECT id INTO first_id FROM orders ORDER BY id LIMIT 1;
        ELSE
            SELECT id INTO first_id FROM orders WHERE id > last_id ORDER BY id LIMIT 1;
        END IF;
        EXIT WHEN first_id IS NULL;
        SELECT id INTO last_id
        FROM (SELECT id FROM orders WHERE id >= first_id ORDER BY id LIMIT 1000) AS batch
        ORDER BY id DESC LIMIT 1;
        UPDATE orders
        SET buyer_user_id = user_id
        WHERE id >= first_id AND id <= last_id
            AND buyer_user_id IS DISTINCT FROM user_id;
        COMMIT;
    END LOOP;
END
$$;
