-- no-transaction
-- Up: creates the procedure that fills the column.
-- Why: it was acknowledged that no program runs meanwhile.
-- Phase: contract.
-- Takes: an instant.
-- Acknowledged: offline rename.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE PROCEDURE fill_goods_tone()
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
        SET tone = CASE tone WHEN 'high' THEN 'top' END
        WHERE id >= first_id AND id <= last_id
            AND tone IN ('high');
        COMMIT;
    END LOOP;
END
$$;
