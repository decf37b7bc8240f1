CREATE TABLE serials (id serial PRIMARY KEY, code text NOT NULL DEFAULT '', nr bigint NOT NULL DEFAULT 0);
CREATE INDEX serials_nr ON serials (nr);
