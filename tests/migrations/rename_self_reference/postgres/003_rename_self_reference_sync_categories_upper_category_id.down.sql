-- Down: drops the trigger categories_upper_category_id_sync of categories.
-- Why: takes back what the way up did (creates the trigger categories_upper_category_id_sync of
--   categories).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on categories.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER categories_upper_category_id_sync ON categories;
DROP FUNCTION categories_upper_category_id_sync();
