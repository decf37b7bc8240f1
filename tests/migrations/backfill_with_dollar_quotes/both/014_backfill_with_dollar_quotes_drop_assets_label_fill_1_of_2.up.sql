-- no-transaction
-- Up: drops the trigger assets_label_fill of assets.
-- Why: the old release is gone.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TRIGGER assets_label_fill ON assets;
