-- no-transaction
-- Down: makes the type order_status as it was.
-- Why: takes back what the way up did (makes the type order_status anew).
-- Phase: expand.
-- Takes: as long as every row takes to be written.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TYPE order_status AS ENUM ('pending', 'paid', 'shipped');
