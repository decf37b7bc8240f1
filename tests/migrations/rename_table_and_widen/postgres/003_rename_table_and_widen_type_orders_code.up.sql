-- Up: makes orders.code TEXT, and makes the view purchases anew, which would stand in the way.
-- Why: PostgreSQL does this without a look at the rows.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on orders; ACCESS EXCLUSIVE on purchases.
-- Takes: an instant, once it has the lock.
-- Prepared: a statement of an open connection fails once where it returns orders.code.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

DROP VIEW purchases;

ALTER TABLE orders
    ALTER COLUMN code TYPE TEXT;

CREATE VIEW purchases AS
    SELECT id, number, code, created_at, updated_at
    FROM orders;
DO $$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT DISTINCT acl.privilege_type, acl.grantee::regrole AS role
        FROM pg_class, aclexplode(relacl) AS acl
        WHERE oid = to_regclass('orders') AND acl.grantee <> 0 AND acl.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    LOOP
        EXECUTE format('GRANT %s ON %s TO %s', held.privilege_type, 'purchases', held.role);
    END LOOP;
END
$$;
