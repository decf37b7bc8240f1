-- after: articles
CREATE FUNCTION make_ref() RETURNS TEXT LANGUAGE sql AS 'SELECT lpad((100000 + count(*))::text, 6, ''0'') FROM articles';
