CREATE TABLE serials (id serial PRIMARY KEY, nr bigint);
