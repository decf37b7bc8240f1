DO $$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT DISTINCT acl.privilege_type, acl.grantee::regrole AS role
        FROM pg_class, aclexplode(relacl) AS acl
        WHERE oid = to_regclass({{table}}) AND acl.grantee <> 0 AND acl.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    LOOP
        EXECUTE format('GRANT %s ON %s TO %s', held.privilege_type, {{view}}, held.role);
    END LOOP;
END
$$;
