-- no-transaction
-- Up: adds the check orders_status_number_check of orders, not valid yet.
-- Why: new rows are held to it at once, the others by the next file, which blocks nobody.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD CONSTRAINT orders_status_number_check CHECK (status <> 'settled' OR number > 0) NOT VALID;
