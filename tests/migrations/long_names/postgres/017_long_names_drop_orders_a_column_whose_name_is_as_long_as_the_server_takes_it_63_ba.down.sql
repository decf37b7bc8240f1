-- Down: makes the column orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba again;
--   the next file fills it.
-- Why: takes back what the way up did (drops the column
--   orders.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba and what kept it alike).
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE orders
    ADD COLUMN a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba BIGINT;
CREATE FUNCTION orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb IS NULL THEN
            NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb := NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba;
        ELSE
            NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba := NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb;
        END IF;
    ELSIF NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb IS DISTINCT FROM OLD.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb THEN
        IF NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb IS DISTINCT FROM NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba THEN
            NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba := NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb;
        END IF;
    ELSIF NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb IS NULL OR NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba IS DISTINCT FROM OLD.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba THEN
        NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb := NEW.a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca
    BEFORE INSERT OR UPDATE ON orders
    FOR EACH ROW
    EXECUTE FUNCTION orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca();
ALTER TABLE orders
    ENABLE ALWAYS TRIGGER orders_a_column_whose_name_is_as_long_as_the_server_ta_75b0c8ca;
