IF {{source}} IS NULL THEN
    NEW.{{old}} := {{back}};
END IF;
