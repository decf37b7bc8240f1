{{done}} := {{done}} + {{batch}};
PERFORM set_config('application_name', 'backfill: ' || {{done}} || {{rows}}, false);
