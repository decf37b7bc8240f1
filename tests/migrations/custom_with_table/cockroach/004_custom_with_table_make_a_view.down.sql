-- no-transaction
-- Down: takes away a_view.
-- Why: takes back what the way up did (makes a_view).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP VIEW a_view;
