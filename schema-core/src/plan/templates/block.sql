DO $$
{{body}}
$$;
