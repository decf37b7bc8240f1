-- no-transaction
-- Down: adds the foreign key items_parent_id_fkey of goods again.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Reads: every row of goods.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ADD CONSTRAINT items_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES goods (id) ON DELETE SET NULL NOT VALID;
