-- no-transaction
-- Down: adds the check orders_number_not_null again, so that the file before can be run again
--   without a look at the rows.
-- Why: takes back what the way up did (leaves it to the files around this one).
-- Phase: expand.
-- Takes: an instant, then as long as every row takes to be read.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    VALIDATE CONSTRAINT orders_number_not_null;
