-- no-transaction
-- Up: forbids NULL in orders.note by a check that is not proved yet.
-- Why: a check that is proved lets SET NOT NULL skip its look at every row.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Acknowledged: no NULL in orders.note.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD CONSTRAINT orders_note_not_null CHECK (note IS NOT NULL) NOT VALID;
