DO $$ BEGIN
    IF (SELECT count(*) FILTER (WHERE success) <> {{last}} OR max(version) <> {{last}} FROM _sqlx_migrations) THEN
        RAISE EXCEPTION 'this database does not have exactly the migrations 1 to {{last}}';
    END IF;
END $$;
