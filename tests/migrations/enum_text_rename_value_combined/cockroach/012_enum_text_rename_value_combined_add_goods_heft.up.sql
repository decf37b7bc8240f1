-- no-transaction
-- Up: adds the column goods.heft, empty.
-- Why: it takes NULL until its rows are filled; a value for each row at once would rewrite the
--   table.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE goods
    ADD COLUMN heft INT8;
