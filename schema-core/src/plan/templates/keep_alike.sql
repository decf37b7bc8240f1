BEGIN
    IF TG_OP = 'INSERT' THEN
        IF {{target}} IS NULL THEN
            NEW.{{new}} := {{first}};
            {{default}}
        ELSE
            NEW.{{old}} := {{back}};
        END IF;
    ELSIF {{target_changed}} THEN
        IF {{differs}} THEN
            NEW.{{old}} := {{back}};
        END IF;
    ELSIF {{target}} IS NULL OR {{source_changed}} THEN
        NEW.{{new}} := {{forward}};
    END IF;
    {{refuses}}
    RETURN NEW;
END
