DO $$
BEGIN
    IF to_regclass({{index}}) IS NOT NULL THEN
        {{there}}
    ELSE
        {{missing}}
    END IF;
END
$$;
