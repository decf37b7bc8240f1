UPDATE {{table}}
        SET {{column}} = {{value}}
        WHERE {{missing}};
