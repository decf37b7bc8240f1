-- no-transaction
-- Down: takes away touch_row.
-- Why: takes back what the way up did (makes touch_row).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP FUNCTION touch_row();
