DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint
        WHERE conrelid = to_regclass({{table}}) AND conname = {{name}}
    ) THEN
        {{statement}}
    END IF;
END
$$;
