SELECT count(*) > 0 FROM pg_collation WHERE collname = 'und-x-icu'
