-- no-transaction
-- Up: adds the foreign key categories_upper_category_id_fkey of categories, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE categories
    ADD CONSTRAINT categories_upper_category_id_fkey FOREIGN KEY (upper_category_id) REFERENCES categories (id) ON DELETE SET NULL NOT VALID;
