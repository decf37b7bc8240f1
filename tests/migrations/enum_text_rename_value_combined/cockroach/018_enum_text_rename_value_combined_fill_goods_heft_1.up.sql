-- no-transaction
-- Up: creates the procedure that fills the column.
-- Why: one UPDATE over the table would lock every row until it ends.
-- Phase: contract.
-- Takes: an instant.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE PROCEDURE fill_goods_heft()
    LANGUAGE plpgsql
    AS $$
DECLARE
    first_id UUID;
    last_id UUID;
BEGIN
    LOOP
        IF first_id IS NULL THEN
            SELECT id INTO first_id FROM goods ORDER BY id LIMIT 1;
        ELSE
            SELECT id INTO first_id FROM goods WHERE id > last_id ORDER BY id LIMIT 1;
        END IF;
        EXIT WHEN first_id IS NULL;
        SELECT id INTO last_id
        FROM (SELECT id FROM goods WHERE id >= first_id ORDER BY id LIMIT 1000) AS batch
        ORDER BY id DESC LIMIT 1;
        UPDATE goods
        SET heft = weight * 2
        WHERE id >= first_id AND id <= last_id
            AND heft IS NULL;
        COMMIT;
    END LOOP;
END
$$;
