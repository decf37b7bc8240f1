-- no-transaction
-- Down: adds the foreign key items_parent_id_fkey of goods again.
-- Why: takes back what the way up did (drops the foreign key items_parent_id_fkey of goods).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of goods.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM goods WHERE goods.parent_id IS NOT NULL AND NOT EXISTS (SELECT FROM goods AS target WHERE target.id = goods.parent_id)) THEN
        RAISE EXCEPTION 'some rows break the foreign key items_parent_id_fkey of goods, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM goods WHERE goods.parent_id IS NOT NULL AND NOT EXISTS (SELECT FROM goods AS target WHERE target.id = goods.parent_id); and run this file again';
    END IF;
END
$$;
