-- no-transaction
-- Up: renames what the models name otherwise in purchases and orders.
-- Why: it was acknowledged that no program runs meanwhile.
-- Phase: contract.
-- Release: the new one starts after this file, when the old one is gone.
-- Takes: an instant, once it has the lock.
-- Acknowledged: offline rename.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE purchases
    RENAME TO orders;
