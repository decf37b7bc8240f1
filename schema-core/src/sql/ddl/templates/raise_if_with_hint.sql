IF {{condition}} THEN
    RAISE EXCEPTION {{message}}
        USING HINT = {{hint}};
END IF;
