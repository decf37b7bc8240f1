-- no-transaction
-- Down: adds the check items_archived_at_created_at_check of goods again.
-- Why: takes back what the way up did (drops the check items_archived_at_created_at_check of
--   goods).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of goods.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM goods WHERE NOT (closed_at IS NULL OR closed_at > created_at)) THEN
        RAISE EXCEPTION 'some rows break the check items_archived_at_created_at_check of goods, which did not hold for a while'
            USING HINT = 'change or delete the rows of SELECT * FROM goods WHERE NOT (closed_at IS NULL OR closed_at > created_at); and run this file again';
    END IF;
END
$$;
