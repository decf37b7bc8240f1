-- Up: renames the table purchases to orders, with a view of the old name: no COPY writes through
--   it, and no MERGE before version 17.
-- Why: the old release reads and writes the table through a view of its old name.
-- Phase: expand.
-- Locks: ACCESS EXCLUSIVE on purchases and orders.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

ALTER TABLE purchases
    RENAME TO orders;
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
