-- no-transaction
-- Down: creates the procedure that fills the column.
-- Why: takes back what the way up did (leaves items.name to the next file).
-- Phase: expand.
-- Takes: an instant.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE PROCEDURE fill_items_name()
    LANGUAGE plpgsql
    AS $$
DECLARE
    first_id UUID;
    last_id UUID;
BEGIN
    LOOP
        IF first_id IS NULL THEN
            SELECT id INTO first_id FROM items ORDER BY id LIMIT 1;
        ELSE
            SELECT id INTO first_id FROM items WHERE id > last_id ORDER BY id LIMIT 1;
        END IF;
        EXIT WHEN first_id IS NULL;
        SELECT id INTO last_id
        FROM (SELECT id FROM items WHERE id >= first_id ORDER BY id LIMIT 1000) AS batch
        ORDER BY id DESC LIMIT 1;
        UPDATE items
        SET name = title
        WHERE id >= first_id AND id <= last_id
            AND name IS DISTINCT FROM title;
        COMMIT;
    END LOOP;
END
$$;
