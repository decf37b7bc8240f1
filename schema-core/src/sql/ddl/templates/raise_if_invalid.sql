IF EXISTS (
    SELECT FROM pg_index
    WHERE indexrelid = to_regclass({{index}}) AND NOT indisvalid
) THEN
    RAISE EXCEPTION {{message}}
        USING HINT = {{hint}};
END IF;
