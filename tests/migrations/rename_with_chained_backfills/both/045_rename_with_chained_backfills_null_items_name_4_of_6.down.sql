-- no-transaction
-- Down: forbids NULL in items.name again; where rows have it, give them a value first.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read, then an instant.
-- Reads: every row of items.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE items
    ADD CONSTRAINT items_name_not_null CHECK (name IS NOT NULL) NOT VALID;
