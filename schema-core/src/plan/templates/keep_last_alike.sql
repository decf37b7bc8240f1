BEGIN
    IF {{odd}} THEN
        NEW.{{column}} := {{value}};
    END IF;
    RETURN NEW;
END
