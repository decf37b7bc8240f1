-- no-transaction
-- Down: drops the trigger orders_label_sync of orders, where orders.code has all of orders.label.
-- Why: takes back what the way up did (creates the trigger orders_label_sync of orders).
-- Phase: contract.
-- Takes: as long as every row takes to be read, then an instant.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE label IS NOT NULL AND label IS DISTINCT FROM CAST(code AS TEXT)) THEN
        RAISE EXCEPTION 'some rows have values in orders.label that VARCHAR(20) does not take'
            USING HINT = 'give these rows a value in orders.label that VARCHAR(20) takes, and run this file again';
    END IF;
END
$$;
