-- no-transaction
-- Up: creates the trigger orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca of
--   orders.
-- Why: each release writes its own column, and reads what the other wrote.
-- Phase: expand.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

CREATE TRIGGER orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca();
