CREATE FUNCTION is_mine(a TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE AS 'SELECT a = current_user OR current_user <> ''app''';
