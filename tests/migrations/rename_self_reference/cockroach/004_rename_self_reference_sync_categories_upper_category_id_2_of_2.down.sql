-- no-transaction
-- Down: drops the trigger categories_upper_category_id_sync of categories.
-- Why: takes back what the way up did (creates the trigger categories_upper_category_id_sync of
--   categories).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER categories_upper_category_id_sync ON categories;
