DO $$
BEGIN
    {{look}}
END
$$;
