-- no-transaction
-- Up: lets orders.price take NULL.
-- Why: it goes in a moment; until then the trigger gives it its values.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ALTER COLUMN price DROP NOT NULL;
