-- no-transaction
-- Up: lets orders.note take NULL.
-- Why: the new release writes NULL there, which the old one cannot read.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN note DROP NOT NULL;
