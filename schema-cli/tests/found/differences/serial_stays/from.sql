CREATE TABLE serials (id serial PRIMARY KEY, code text);
INSERT INTO serials (code) VALUES ('A'), ('B');
