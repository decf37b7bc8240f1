CREATE TABLE parent (id int, payload int, PRIMARY KEY (id));
CREATE TABLE child (id int PRIMARY KEY, parent_id int REFERENCES parent (id), n int);
CREATE SEQUENCE free_seq;
CREATE TABLE useq (id int PRIMARY KEY DEFAULT nextval('free_seq'), v varchar(10) NOT NULL, c char(3) DEFAULT 'abc', f float4, ts timestamptz(3), arr int[] DEFAULT '{1,2}');
INSERT INTO parent VALUES (1,2); INSERT INTO child VALUES (1,1,1); INSERT INTO useq VALUES (1,'x');
