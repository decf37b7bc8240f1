BEGIN
    IF {{given}} IS NULL THEN
        NEW.{{column}} := {{value}};
    END IF;
    RETURN NEW;
END
