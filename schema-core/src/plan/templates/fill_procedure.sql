CREATE PROCEDURE {{name}}()
    LANGUAGE plpgsql
    AS $$
{{body}}
$$;
