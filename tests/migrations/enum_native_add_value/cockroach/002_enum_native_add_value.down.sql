-- no-transaction
-- Down: takes the value shipped out of the type order_status.
-- Why: takes back what the way up did (adds the value shipped to the type order_status).
-- Phase: contract.
-- Takes: as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TYPE order_status DROP VALUE 'shipped';
