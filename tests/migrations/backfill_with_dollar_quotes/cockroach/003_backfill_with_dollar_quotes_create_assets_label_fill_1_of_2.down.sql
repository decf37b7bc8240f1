-- no-transaction
-- Down: drops the trigger assets_label_fill of assets.
-- Why: takes back what the way up did (creates the trigger assets_label_fill of assets).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION assets_label_fill();
