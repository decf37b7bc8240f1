//! The lists of text in the catalog: what a statement sets there counts, and the server's own notes do not.

mod common;

use common::Package;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tablewright_database::{Access, Error, Introspection, Options, connect, introspect, run};

/// One of everything that has such a list.
const OBJECTS: &str = "
CREATE EXTENSION pg_trgm;
CREATE TABLE people (id bigint PRIMARY KEY, name text NOT NULL, words tsvector, UNIQUE (name));
CREATE INDEX by_words ON people USING gist (words);
CREATE INDEX by_name ON people USING gin (name gin_trgm_ops);
CREATE INDEX by_both ON people (name, id) INCLUDE (words);
CREATE VIEW names AS SELECT name FROM people;
CREATE MATERIALIZED VIEW counts AS SELECT count(*) AS number, 'x'::text AS word FROM people;
CREATE TABLE parts (id bigint NOT NULL, region text NOT NULL) PARTITION BY LIST (region);
CREATE TABLE parts_eu PARTITION OF parts FOR VALUES IN ('eu');
CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql SET search_path = 'public' SET demo.word = 'yes' AS 'SELECT x * 2';
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER people_stamp BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION stamp();
";

/// Notes as a server may make them, in every list. Only an extension knows the options of its operator classes: there the server's
/// prefix says.
const NOTES: &str = "
UPDATE pg_attribute SET attoptions = coalesce(attoptions, '{}') || '{pg_attver=1,made_up=2}'
WHERE attnum > 0 AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname <> 'by_name');
UPDATE pg_attribute SET attoptions = coalesce(attoptions, '{}') || '{pg_attver=1}' WHERE attrelid = 'by_name'::regclass;
UPDATE pg_class SET reloptions = coalesce(reloptions, '{}') || '{pg_relver=1,made_up=2,toast.made_up=3}'
WHERE relnamespace = 'public'::regnamespace
    OR oid IN (SELECT reltoastrelid FROM pg_class WHERE relnamespace = 'public'::regnamespace);
UPDATE pg_proc SET proconfig = coalesce(proconfig, '{}') || '{pg_procver=1,made_up=2}' WHERE proname IN ('stamp', 'twice');
";

fn execute(url: &str, sql: &str) -> Result<(), String> {
    let done = run(async {
        let mut connection = PgConnection::connect(url).await.unwrap();
        let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await;
        connection.close().await.unwrap();
        Ok::<_, Error>(done.map(drop).map_err(|error| error.to_string()))
    });
    done.unwrap()
}

fn read(url: &str) -> Introspection {
    run(async {
        let mut connection = connect(url, Access::Read).await?;
        introspect(&mut connection, &Options::default()).await
    })
    .unwrap()
}

fn unheld(found: &Introspection) -> Vec<String> {
    found.unheld.iter().map(|it| format!("{} {}: {}", it.kind.name(), it.name, it.what)).collect()
}

fn made(sql: &str) -> tablewright_tempdb::Database {
    let database = tablewright_tempdb::database();
    execute(database.url(), sql).unwrap();
    database
}

#[test]
fn the_servers_own_notes_are_not_a_difference() {
    let (plain, noted) = (made(OBJECTS), made(OBJECTS));
    let before = read(noted.url());
    execute(noted.url(), NOTES).unwrap();
    let after = read(noted.url());
    assert_eq!(unheld(&after), unheld(&before));
    assert_eq!(after, before);
    let nowhere = Package::empty();
    let diff = nowhere.run(&["diff", "--from", plain.url(), "--to", noted.url()]);
    assert_eq!(diff, "exit code 0\n--- out\nno difference\n");
}

/// A note next to an option hides nothing.
#[test]
fn options_set_by_a_statement_are_seen_next_to_a_note() {
    let (plain, set) = (made(OBJECTS), made(OBJECTS));
    execute(
        set.url(),
        "ALTER TABLE people SET (fillfactor = 70, toast.autovacuum_enabled = off);
         ALTER TABLE people ALTER COLUMN name SET (n_distinct = 5, n_distinct_inherited = -0.5);
         ALTER TABLE parts_eu SET (parallel_workers = 2);
         ALTER INDEX by_both SET (fillfactor = 60);
         ALTER VIEW names SET (security_barrier = true);
         ALTER MATERIALIZED VIEW counts SET (fillfactor = 50, toast.vacuum_truncate = off);
         DROP INDEX by_words; CREATE INDEX by_words ON people USING gist (words tsvector_ops (siglen = 64));
         DROP INDEX by_name; CREATE INDEX by_name ON people USING gist (name gist_trgm_ops (siglen = 64));
         ALTER FUNCTION stamp() SET work_mem = '8MB';",
    )
    .unwrap();
    execute(set.url(), NOTES).unwrap();
    let (before, after) = (read(plain.url()), read(set.url()));
    let more: Vec<String> = unheld(&after).into_iter().filter(|it| !unheld(&before).contains(it)).collect();
    let definition = "CREATE TRIGGER people_stamp BEFORE INSERT ON public.people FOR EACH ROW EXECUTE FUNCTION stamp()";
    let expected = [
        "table parts_eu: WITH (parallel_workers=2)",
        "table people: WITH (toast.autovacuum_enabled=off)",
        "column people.name: SET (n_distinct=5, n_distinct_inherited=-0.5)",
        "index by_name: an operator class with parameters, or statistics of its own",
        "index by_words: an operator class with parameters, or statistics of its own",
        &format!("trigger people_stamp of people: {definition}"),
        "view names: WITH (security_barrier=true)",
        "materialized view counts: WITH (fillfactor=50, toast.vacuum_truncate=off)",
    ];
    assert_eq!(more[..8], expected, "{more:#?}");
    assert!(more[8].starts_with("function stamp(): ") && more[8].contains("SET work_mem TO '8MB'"), "{more:#?}");
    assert!(!more[8].contains("made_up"), "{more:#?}");
    assert_eq!(more.len(), 9, "{more:#?}");
    let table = &after.schema.tables["people"];
    assert_eq!(table.storage.iter().collect::<Vec<_>>(), [(&"fillfactor".to_owned(), &"70".to_owned())]);
    let index = after.schema.tables["people"].indexes.iter().find(|index| index.name == "by_both").unwrap();
    assert_eq!(index.with.iter().collect::<Vec<_>>(), [(&"fillfactor".to_owned(), &"60".to_owned())]);
}

/// Every name on the lists, as far as this version of the server takes it.
#[test]
fn every_option_that_the_server_takes_is_seen() {
    let database = made(OBJECTS);
    let url = database.url();
    execute(url, "CREATE INDEX by_range ON people USING brin (id); CREATE INDEX by_hash ON people USING hash (name);")
        .unwrap();
    execute(
        url,
        "CREATE INDEX by_point ON people USING spgist (name); CREATE INDEX by_list ON people USING gin (words);",
    )
    .unwrap();
    let storage = "autovacuum_enabled=off autovacuum_freeze_max_age=200000 autovacuum_freeze_min_age=1 autovacuum_freeze_table_age=1 \
        autovacuum_multixact_freeze_max_age=200000 autovacuum_multixact_freeze_min_age=1 \
        autovacuum_multixact_freeze_table_age=1 autovacuum_vacuum_cost_delay=1 autovacuum_vacuum_cost_limit=1 \
        autovacuum_vacuum_insert_scale_factor=1 autovacuum_vacuum_insert_threshold=1 autovacuum_vacuum_scale_factor=1 \
        autovacuum_vacuum_threshold=1 log_autovacuum_min_duration=1 vacuum_index_cleanup=auto vacuum_truncate=off";
    let toast: String = storage.split_whitespace().map(|option| format!("toast.{option} ")).collect();
    let table = "autovacuum_analyze_scale_factor=1 autovacuum_analyze_threshold=1 fillfactor=50 parallel_workers=1 \
        toast_tuple_target=256";
    let late = "autovacuum_vacuum_max_threshold=1 vacuum_max_eager_freeze_failure_rate=0.5";
    for (statement, options) in [
        ("TABLE people", storage),
        ("TABLE people", &toast),
        ("TABLE people", table),
        ("TABLE people", "user_catalog_table=off"),
        ("TABLE people", late),
        ("MATERIALIZED VIEW counts", storage),
        ("TABLE people ALTER COLUMN name", "n_distinct=5 n_distinct_inherited=5"),
        ("VIEW names", "check_option=local security_barrier=on security_invoker=on"),
        ("INDEX by_both", "deduplicate_items=off fillfactor=50"),
        ("INDEX by_range", "autosummarize=on pages_per_range=4"),
        ("INDEX by_list", "fastupdate=off gin_pending_list_limit=64"),
        ("INDEX by_words", "buffering=on fillfactor=50"),
        ("INDEX by_hash", "fillfactor=50"),
        ("INDEX by_point", "fillfactor=50"),
    ] {
        let before = read(url);
        let names: Vec<&str> =
            options.split_whitespace().filter_map(|option| Some(option.split_once('=')?.0)).collect();
        let list = options.split_whitespace().collect::<Vec<_>>().join(", ");
        match execute(url, &format!("ALTER {statement} SET ({list})")) {
            Ok(()) => {}
            // Since PostgreSQL 18.
            Err(_) if options == late => continue,
            Err(error) => panic!("{statement} {list}: {error}"),
        }
        let after = read(url);
        let tables = after.schema.tables.values();
        let held = tables.flat_map(|it| it.storage.iter().chain(it.indexes.iter().flat_map(|index| &index.with)));
        let held: Vec<String> = held.map(|(name, value)| format!("({name}={value}, )")).collect();
        let text =
            unheld(&after).into_iter().filter(|it| !unheld(&before).contains(it)).chain(held).collect::<String>();
        for option in options.split_whitespace() {
            // What a model can say has one spelling.
            let spelled = option.replace("=off", "=false").replace("=on", "=true");
            let forms = [format!("({option}"), format!(" {option}"), format!("({spelled},")];
            let seen = forms.iter().any(|form| text.contains(form.as_str()));
            assert!(seen, "{statement} {option} is not seen: {text}");
        }
        execute(url, &format!("ALTER {statement} RESET ({})", names.join(", "))).unwrap();
        assert_eq!(read(url), before, "{statement}");
    }
}

#[test]
fn the_baseline_of_an_import_has_the_options() {
    let database = made(
        "CREATE TABLE people (id bigint PRIMARY KEY, name text NOT NULL);
         ALTER TABLE people SET (fillfactor = 70, toast.autovacuum_enabled = off);
         ALTER TABLE people ALTER COLUMN name SET (n_distinct = 5);
         CREATE UNLOGGED TABLE visits (id bigint PRIMARY KEY, name text NOT NULL) WITH (autovacuum_enabled = off);
         CREATE VIEW names WITH (security_barrier, check_option = local) AS SELECT name FROM people;
         CREATE VIEW all_names WITH (security_barrier) AS SELECT name FROM names;
         CREATE MATERIALIZED VIEW counts WITH (fillfactor = 50) AS SELECT count(*) AS number FROM people;",
    );
    let package = Package::of("//! The tables.\n");
    let out = package.run(&["import", database.url()]);
    assert!(out.starts_with("exit code 0\n"), "{out}");
    assert!(package.read("src/models/person.rs").contains("storage(fillfactor = 70)"));
    let visit = package.read("src/models/visit.rs");
    assert!(visit.contains("    storage(autovacuum_enabled = false),\n    unlogged,\n"), "{visit}");
    let other = made(&package.read("migrations/001_baseline.up.sql"));
    let diff = package.run(&["diff", "--from", database.url(), "--to", other.url()]);
    assert_eq!(diff, "exit code 0\n--- out\nno difference\n");
    execute(other.url(), &package.read("migrations/001_baseline.down.sql")).unwrap();
    assert_eq!(unheld(&read(other.url())), [""; 0]);
}
