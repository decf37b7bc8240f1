DO $$
BEGIN
    IF EXISTS (SELECT FROM {{table}} WHERE {{condition}}) THEN
        RAISE EXCEPTION {{message}}
            USING HINT = {{hint}};
    END IF;
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION {{message}}
        USING HINT = {{hint}};
END
$$;
