-- Down: drops the trigger assets_label_fill of assets.
-- Why: takes back what the way up did (creates the trigger assets_label_fill of assets).
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on assets.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP TRIGGER assets_label_fill ON assets;
DROP FUNCTION assets_label_fill();
