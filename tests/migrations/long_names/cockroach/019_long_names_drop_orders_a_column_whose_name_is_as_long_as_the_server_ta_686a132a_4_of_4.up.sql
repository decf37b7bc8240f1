-- no-transaction
-- Up: drops the check orders_a_column_whose_name_is_as_long_as_the_server_ta_686a132a of orders.
-- Why: the models do not have it any more.
-- Phase: contract.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

ALTER TABLE orders
    DROP CONSTRAINT orders_a_column_whose_name_is_as_long_as_the_server_ta_686a132a;
