DECLARE
    {{variables}}
BEGIN
    LOOP
        {{guard}}
        IF {{start}} IS NULL THEN
            SELECT {{key}} INTO {{firsts}} FROM {{table}} ORDER BY {{key}} LIMIT 1;
        ELSE
            SELECT {{key}} INTO {{firsts}} FROM {{table}} WHERE {{key_row}} > {{last_row}} ORDER BY {{key}} LIMIT 1;
        END IF;
        EXIT WHEN {{start}} IS NULL;
        SELECT {{key}} INTO {{lasts}}
        FROM (SELECT {{key}} FROM {{table}} WHERE {{key_row}} >= {{first_row}} ORDER BY {{key}} LIMIT {{batch}}) AS batch
        ORDER BY {{descending}} LIMIT 1;
        {{update}}
        COMMIT;
        {{progress}}
    END LOOP;
    {{end}}
END
