//! The catalog of a real server as a schema.

use std::fmt::Write as _;
use std::time::Instant;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tablewright_database::{Access, Introspection, Options, connect, introspect, run};

const EVERYTHING: &str = include_str!("database/everything.sql");
const UNHELD: &str = include_str!("database/unheld.sql");

fn execute(url: &str, sql: &str) {
    run(async {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        Ok::<_, tablewright_database::Error>(())
    })
    .unwrap();
}

fn read(url: &str, options: &Options) -> Introspection {
    run(async {
        let mut connection = connect(url, Access::Read).await?;
        introspect(&mut connection, options).await
    })
    .unwrap()
}

#[test]
fn everything_that_the_schema_can_hold_is_read() {
    let database = tablewright_tempdb::database();
    execute(database.url(), EVERYTHING);
    let found = read(database.url(), &Options::default());
    insta::assert_snapshot!("schema", serde_json::to_string_pretty(&found.schema).unwrap());
    let unheld: Vec<String> = found.unheld.iter().map(ToString::to_string).collect();
    assert_eq!(unheld, ["domain positive: integer CONSTRAINT positive_check CHECK ((VALUE > 0))"]);
}

#[test]
fn what_it_cannot_hold_is_listed() {
    let database = tablewright_tempdb::database();
    execute(database.url(), UNHELD);
    let found = read(database.url(), &Options::default());
    let unheld: String = found.unheld.iter().map(|unheld| format!("{unheld}\n")).collect();
    insta::assert_snapshot!("unheld", unheld);
}

#[test]
fn schemas_are_read_in_the_order_of_the_search_path() {
    let database = tablewright_tempdb::database();
    execute(
        database.url(),
        "CREATE SCHEMA app; CREATE SCHEMA other;
         CREATE TYPE app.mood AS ENUM ('good');
         CREATE TABLE app.users (id bigint PRIMARY KEY, mood app.mood DEFAULT 'good');
         CREATE TABLE other.users (id bigint PRIMARY KEY);
         CREATE TABLE other.orders (id bigint PRIMARY KEY, user_id bigint REFERENCES app.users);
         CREATE TABLE public.elsewhere (id bigint PRIMARY KEY);",
    );
    let found = read(database.url(), &Options::of(&["app".to_owned()]));
    assert_eq!(found.schema.tables.keys().collect::<Vec<_>>(), ["users"]);
    assert_eq!(found.schema.tables["users"].columns[1].default.as_deref(), Some("'good'::mood"));
    let unread = |found: &Introspection| -> Vec<String> { found.unheld.iter().map(ToString::to_string).collect() };
    let of = |line: &str| line.split_once(", fingerprint ").map(|(of, _)| of.to_owned());
    let before = unread(&found);
    assert_eq!(
        before.iter().filter_map(|line| of(line)).collect::<Vec<_>>(),
        [
            "schema other: is not read; it has 2 tables and views",
            "schema public: is not read; it has 1 tables and views"
        ]
    );
    // What changes there is another difference.
    execute(database.url(), "CREATE INDEX ON other.orders (user_id)");
    let after = unread(&read(database.url(), &Options::of(&["app".to_owned()])));
    assert_ne!(before[0], after[0]);
    assert_eq!(before[1], after[1]);

    let found = read(database.url(), &Options::of(&["app".to_owned(), "other".to_owned()]));
    assert_eq!(found.schema.tables.keys().collect::<Vec<_>>(), ["orders", "users"]);
    assert_eq!(found.schema.tables["orders"].foreign_keys[0].table, "users");
    let unheld: Vec<String> = found.unheld.iter().map(ToString::to_string).collect();
    assert_eq!(unheld[0], "table other.users: a table of the same name comes before it in the search path");

    // A key into a schema that is not read cannot be expressed.
    let found = read(database.url(), &Options::of(&["other".to_owned()]));
    assert_eq!(found.schema.tables["orders"].foreign_keys, []);
    let unheld: Vec<String> = found.unheld.iter().map(ToString::to_string).collect();
    assert_eq!(
        unheld[..1],
        ["constraint orders_user_id_fkey of orders: FOREIGN KEY (user_id) REFERENCES app.users(id)"]
    );

    let missing = run(async {
        let mut connection = connect(database.url(), Access::Read).await?;
        introspect(&mut connection, &Options::of(&["ap".to_owned()])).await
    });
    let error = missing.unwrap_err();
    assert_eq!(error.to_string(), "the database has no schema ap");
    assert_eq!(error.help().unwrap(), "--schema NAME    NAME is one of app, other, public");
}

#[test]
fn a_thousand_tables_are_read_in_two_seconds() {
    let database = tablewright_tempdb::database();
    let mut sql = String::new();
    for number in 0..1000 {
        let parent = number / 2;
        write!(
            sql,
            "CREATE TABLE t{number} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text NOT NULL DEFAULT 'x',
                 b numeric(12, 2) CHECK (b >= 0), c timestamptz DEFAULT now(), d jsonb, e text[], f boolean, g uuid,
                 parent_id bigint REFERENCES t{parent} (id), UNIQUE (a, c));
             CREATE INDEX ON t{number} (parent_id); CREATE INDEX ON t{number} (lower(a)) WHERE b > 1;
             COMMENT ON COLUMN t{number}.a IS 'a';"
        )
        .unwrap();
    }
    execute(database.url(), &sql);
    // The best of three: other tests run at the same time.
    let took = (0..3).map(|_| {
        let start = Instant::now();
        let found = read(database.url(), &Options::default());
        let took = start.elapsed();
        assert_eq!(found.schema.tables.len(), 1000);
        assert_eq!(found.unheld, []);
        println!("1,000 tables, 9,000 columns, 4,000 indexes: {} ms", took.as_millis());
        took
    });
    assert!(took.min().unwrap().as_secs() < 2);
}
