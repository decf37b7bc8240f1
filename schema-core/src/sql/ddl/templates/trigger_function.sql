{{create}} {{name}}() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
{{body}}
$$;
