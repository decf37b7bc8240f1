BEGIN
    IF {{wants}} THEN
        NEW.{{column}} := {{value}};
    END IF;
    RETURN NEW;
END
