DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_index
        WHERE indexrelid = to_regclass({{index}}) AND indisvalid
    ) THEN
        RAISE EXCEPTION {{message}}
            USING HINT = {{hint}};
    END IF;
END
$$;
