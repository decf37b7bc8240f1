-- Down: creates the view customers of accounts again.
-- Why: takes back what the way up did (drops the view customers).
-- Phase: expand.
-- Locks: ACCESS SHARE on accounts.
-- Takes: an instant, once it has the lock.
-- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.

SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '60s';

CREATE VIEW customers AS
    SELECT id, name, created_at, updated_at
    FROM accounts;
DO $$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT DISTINCT acl.privilege_type, acl.grantee::regrole AS role
        FROM pg_class, aclexplode(relacl) AS acl
        WHERE oid = to_regclass('accounts') AND acl.grantee <> 0 AND acl.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    LOOP
        EXECUTE format('GRANT %s ON %s TO %s', held.privilege_type, 'customers', held.role);
    END LOOP;
END
$$;
