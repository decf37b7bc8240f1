BEGIN
    IF EXISTS (
        SELECT FROM {{table}} WHERE {{key_row}} >= {{first_row}} AND {{key_row}} <= {{last_row}}
            AND {{refused}}
    ) THEN
        RAISE EXCEPTION {{message}}
            USING HINT = {{hint}};
    END IF;
    {{update}}
EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION {{message}}
        USING HINT = {{hint}};
END;
