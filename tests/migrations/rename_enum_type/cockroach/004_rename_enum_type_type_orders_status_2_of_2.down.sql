-- no-transaction
-- Down: makes orders.status order_status.
-- Why: takes back what the way up did (makes orders.status order_state).
-- Phase: contract.
-- Takes: as long as every row takes to be written, beside the running program.
-- Reads: every row of orders.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

DO $$
BEGIN
    IF EXISTS (SELECT FROM orders WHERE CAST(status AS TEXT) NOT IN ('pending', 'paid')) THEN
        RAISE EXCEPTION 'some rows have values in orders.status that order_status does not take'
            USING HINT = 'change the rows of SELECT * FROM orders WHERE CAST(status AS TEXT) NOT IN (''pending'', ''paid''); and run this file again';
    END IF;
END
$$;
