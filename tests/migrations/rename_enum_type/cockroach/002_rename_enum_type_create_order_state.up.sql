-- no-transaction
-- Up: creates the type order_state.
-- Why: the models have it.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TYPE order_state AS ENUM ('pending', 'paid', 'shipped');
