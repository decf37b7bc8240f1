IF {{condition}} THEN
    RAISE EXCEPTION {{message}};
END IF;
