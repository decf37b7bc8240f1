-- no-transaction
-- Down: builds the index orders_code_note_unique of orders.
-- Why: takes back what the way up did (drops the index orders_code_note_unique of orders).
-- Phase: expand.
-- Takes: as long as every row takes to be read twice.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE UNIQUE INDEX CONCURRENTLY orders_code_note_unique ON orders (code, note);
