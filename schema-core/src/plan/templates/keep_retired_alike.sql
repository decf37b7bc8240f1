BEGIN
    NEW.{{retired}} := {{back}};
    RETURN NEW;
END
