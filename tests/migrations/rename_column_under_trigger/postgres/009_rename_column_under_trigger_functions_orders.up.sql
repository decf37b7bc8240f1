-- Up: lets the triggers of orders write the new columns.
-- Why: their functions name the columns of one release, and the columns of the other follow.
-- Phase: contract.
-- Locks: ACCESS EXCLUSIVE on orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE OR REPLACE FUNCTION zz_orders_label_alike() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.label IS DISTINCT FROM NEW.name THEN
        NEW.name := NEW.label;
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE FUNCTION tidy() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN NEW.label := upper(NEW.label); RETURN NEW; END
$$;
