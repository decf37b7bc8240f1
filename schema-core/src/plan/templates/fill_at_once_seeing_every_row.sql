DO $$
BEGIN
    {{guard}}
    UPDATE {{table}}
            SET {{column}} = {{value}}
            WHERE {{missing}};
END
$$;
