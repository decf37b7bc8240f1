DO $$
DECLARE
    held TEXT;
BEGIN
    FOR held IN
        SELECT conname FROM pg_constraint
        WHERE conrelid = to_regclass({{partition}}) AND contype = 'c' AND coninhcount = 0
            AND pg_get_constraintdef(oid) = 'CHECK (' || pg_get_partition_constraintdef(conrelid) || ')'
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', {{partition}}, held);
    END LOOP;
END
$$;
