DO $$
BEGIN
    IF to_regclass({{index}}) IS NOT NULL THEN
        {{there}}
    END IF;
END
$$;
