{{create}} {{name}}() RETURNS trigger
    LANGUAGE plpgsql
    AS {{tag}}
{{body}}
{{tag}};
