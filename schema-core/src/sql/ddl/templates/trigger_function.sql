{{create}} {{name}}() RETURNS trigger
    LANGUAGE plpgsql
    {{settings}}
    AS $$
{{body}}
$$;
