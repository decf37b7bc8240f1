-- no-transaction
-- Down: drops the type order_state.
-- Why: takes back what the way up did (creates the type order_state).
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DROP TYPE order_state;
