UPDATE {{table}}
SET {{column}} = {{value}}
WHERE {{key_row}} >= {{first_row}} AND {{key_row}} <= {{last_row}}
    AND {{missing}};
