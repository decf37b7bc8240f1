CREATE FUNCTION make_ref() RETURNS TEXT LANGUAGE sql AS 'SELECT gen_random_uuid()::text';
