-- no-transaction
-- Up: adds the value shipped to the type order_status.
-- Why: alone in its file: the transaction that adds a value cannot use it.
-- Phase: expand.
-- Takes: an instant.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'shipped' AFTER 'paid';
