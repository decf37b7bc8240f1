BEGIN
    IF {{odd}} THEN
        NEW.{{column}} := {{value}};
    END IF;
    {{refuses}}
    RETURN NEW;
END
