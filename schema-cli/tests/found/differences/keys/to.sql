CREATE TABLE parent (id bigint, payload bigint, PRIMARY KEY (id));
CREATE TABLE child (id bigint PRIMARY KEY, parent_id bigint REFERENCES parent (id) ON DELETE CASCADE, n bigint);
CREATE SEQUENCE free_seq;
CREATE TABLE useq (id int PRIMARY KEY, v text, c char(3), f float8, ts timestamptz, arr bigint[] DEFAULT '{}');
