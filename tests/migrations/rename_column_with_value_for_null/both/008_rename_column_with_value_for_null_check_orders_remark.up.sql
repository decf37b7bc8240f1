-- no-transaction
-- Up: forbids NULL in orders.remark by a check that is not proved yet.
-- Why: a check that is proved lets SET NOT NULL skip its look at every row.
-- Phase: backfill.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    ADD CONSTRAINT orders_remark_not_null CHECK (remark IS NOT NULL) NOT VALID;
