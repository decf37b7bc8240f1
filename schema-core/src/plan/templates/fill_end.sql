PERFORM set_config('application_name', {{name}}, false);
