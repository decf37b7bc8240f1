DO $$
DECLARE
    unlike BIGINT;
BEGIN
    SELECT max(version) INTO unlike FROM _sqlx_migrations WHERE NOT success;
    IF unlike IS NOT NULL THEN
        RAISE EXCEPTION 'migration % failed in this database, and is in it by halves: nothing was changed', unlike;
    END IF;
    SELECT min(version) INTO unlike FROM ({{migrations}}) AS folder
    JOIN _sqlx_migrations AS applied USING (version) WHERE applied.checksum <> folder.checksum;
    IF unlike IS NOT NULL THEN
        RAISE EXCEPTION 'migration % of this database is another file than that of this folder: nothing was changed', unlike
            USING HINT = 'It has had this before, or it is from before an earlier squash, whose existing-databases.sql it gets first.';
    END IF;
    SELECT min(version) INTO unlike FROM ({{migrations}}) AS folder
    WHERE version NOT IN (SELECT version FROM _sqlx_migrations);
    IF unlike IS NOT NULL THEN
        RAISE EXCEPTION 'this database does not have migration %: nothing was changed', unlike
            USING HINT = 'It gets the rest of this folder first.';
    END IF;
    SELECT min(version) INTO unlike FROM _sqlx_migrations WHERE version > {{last}};
    IF unlike IS NOT NULL THEN
        RAISE EXCEPTION 'this database has migration %, which is not of this folder: nothing was changed', unlike
            USING HINT = 'It goes back to {{last}} first.';
    END IF;
END $$;
