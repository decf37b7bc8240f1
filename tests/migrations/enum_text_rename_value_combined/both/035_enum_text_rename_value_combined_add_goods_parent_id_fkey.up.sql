-- no-transaction
-- Up: adds the foreign key goods_parent_id_fkey of goods, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ADD CONSTRAINT goods_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES goods (id) ON DELETE RESTRICT NOT VALID;
