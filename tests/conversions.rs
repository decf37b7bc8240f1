//! Every type changed to another, over the values at its bounds, on a real server: in place, beside the old column and under a
//! new name. A value that comes out differently, or does not come back, was refused or named as a loss. Each file and each row
//! of the old release has a session of other settings: what a trigger casts is what a fill casts. One pair of types in three is
//! tried, and with `CONVERSIONS=all` each.

#[path = "migrations_harness/mod.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod harness;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use harness::{database, run};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};
use tablewright_core::config::Profile;
use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::migrations::{Naming, Rendered, steps};
use tablewright_core::plan::{self, Allowed, Plan};
use tablewright_core::schema::{Column, PrimaryKey, RangeKind, Schema, SqlType, Table};

/// How the column gets the other type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Road {
    /// Silently.
    Plain,
    /// Under a new name, silently.
    Renamed,
    /// It was said that the table is rewritten.
    Rewritten,
    /// And that the file stops where a value would be lost.
    Stopped,
    /// Beside the old column, where it was said that every value fits.
    Fits,
    /// Beside the old column, of which no value may be lost.
    Kept,
    /// The same under a new name.
    KeptRenamed,
}

const ROADS: [Road; 7] =
    [Road::Plain, Road::Renamed, Road::Rewritten, Road::Stopped, Road::Fits, Road::Kept, Road::KeptRenamed];

/// Sessions of programs that agree on nothing. The first is that of the files' values.
const SESSIONS: [&str; 3] = [
    "SET TimeZone = 'Europe/Berlin'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET extra_float_digits = 1; \
     SET bytea_output = 'hex'",
    "SET TimeZone = 'America/New_York'; SET DateStyle = 'SQL, DMY'; SET IntervalStyle = 'iso_8601'; \
     SET extra_float_digits = -6; SET bytea_output = 'escape'",
    "SET TimeZone = 'Asia/Kolkata'; SET DateStyle = 'German, MDY'; SET IntervalStyle = 'sql_standard'; \
     SET extra_float_digits = 0; SET bytea_output = 'escape'",
];

/// The rows that the old release writes while it is migrated have the ids of those that were there, and this besides.
const BESIDE: i64 = 1000;

/// The types, each with the values at its bounds, as SQL.
fn types() -> Vec<(SqlType, Vec<&'static str>)> {
    let numeric = |precision, scale| SqlType::Numeric(Some((precision, scale)));
    let array = |element: SqlType| SqlType::Array(Box::new(element));
    let other = |name: &str| SqlType::Other(name.to_owned());
    let texts =
        vec!["''", "'a'", "'ab  '", "'0'", "'007'", "'1.50'", "'true'", "'a long text of more than twenty characters'"];
    vec![
        (SqlType::Uuid, vec!["'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"]),
        (SqlType::Text, [texts.clone(), vec!["'2026-01-01'", "'{1,2}'", "'{\"a\": 1}'", "'12:00'"]].concat()),
        (SqlType::Varchar(5), vec!["''", "'abcde'", "'ab  '", "'     '", "'1.5'", "'007'"]),
        (SqlType::Varchar(20), vec!["'ab  '", "'0'", "'12345678901234567890'"]),
        (SqlType::Char(5), vec!["''", "'ab'", "'abcde'", "'7'"]),
        (SqlType::Char(20), vec!["'ab'", "'12345678901234567890'"]),
        (other("CITEXT"), texts),
        (SqlType::Boolean, vec!["true", "false"]),
        (SqlType::SmallInt, vec!["-32768", "0", "32767"]),
        (SqlType::Integer, vec!["-2147483648", "0", "1", "16777217", "2147483647"]),
        (SqlType::BigInt, vec!["-9223372036854775808", "0", "16777217", "9007199254740993", "9223372036854775807"]),
        (SqlType::Real, vec!["0", "0.1", "1.5", "16777216", "'-3.4028235e38'", "1e-40", "'NaN'", "'Infinity'"]),
        (
            SqlType::Double,
            vec![
                "0",
                "0.1",
                "2.7",
                "0.1234567890123456",
                "9007199254740993",
                "1e300",
                "1e-300",
                "'NaN'",
                "'-Infinity'",
            ],
        ),
        (SqlType::Numeric(None), vec!["0", "1.23456789012345678901234567890", "1e40", "-0.5", "'NaN'", "'Infinity'"]),
        (numeric(12, 2), vec!["0", "1.23", "-9999999999.99", "0.05", "'NaN'"]),
        (numeric(12, 4), vec!["1.2345", "99999999.9999"]),
        (numeric(10, 0), vec!["0", "9999999999", "-1"]),
        (numeric(6, 3), vec!["999.999", "0.001"]),
        (numeric(4, 1), vec!["999.9", "9.9"]),
        (
            SqlType::Timestamptz,
            vec![
                "'2026-03-29 01:30:00+00'",
                "'2026-10-25 00:30:00.123456+00'",
                "'2026-01-01 00:00:00+00'",
                "'infinity'",
                "'0044-03-15 12:00:00+00 BC'",
            ],
        ),
        (
            SqlType::Timestamp,
            vec!["'2026-03-29 02:30:00'", "'2026-10-25 02:30:00.123456'", "'-infinity'", "'2026-01-01 00:00:00'"],
        ),
        (SqlType::Date, vec!["'2026-03-29'", "'0044-03-15 BC'", "'infinity'", "'5874897-12-31'"]),
        (SqlType::Time, vec!["'00:00'", "'23:59:59.999999'", "'24:00:00'"]),
        (SqlType::Interval, vec!["'1 mon 2 days 03:04:05.000006'", "'-1 year'", "'30 days'", "'24 hours'", "'1 day'"]),
        (SqlType::Json, vec!["'{\"b\":1,  \"a\":2, \"a\":3}'", "'1.50'", "'true'", "'[]'", "'null'"]),
        (SqlType::Jsonb, vec!["'{\"b\": 1}'", "'1.50'", "'true'", "'7'", "'null'"]),
        (SqlType::Bytea, vec!["''", "'\\x00ff'", "'abc'"]),
        (SqlType::Inet, vec!["'10.0.0.1'", "'10.0.0.1/8'", "'::1'"]),
        (SqlType::Range(RangeKind::Int4), vec!["'empty'", "'[1,5)'", "'(,)'"]),
        (SqlType::Range(RangeKind::Tstz), vec!["'[2026-01-01 00:00+00,)'"]),
        (array(SqlType::Text), vec!["'{}'", "'{a,NULL,\"a long element\"}'", "'{1,2}'", "'{{a},{b}}'"]),
        (array(SqlType::Varchar(5)), vec!["'{abcde,\"a  \"}'"]),
        (array(SqlType::Integer), vec!["'{1,NULL,2147483647}'", "'[2:3]={1,2}'"]),
        (array(SqlType::BigInt), vec!["'{9223372036854775807}'", "'{1}'"]),
        (array(SqlType::Timestamptz), vec!["'{2026-01-01 15:30+00}'"]),
        (array(SqlType::Timestamp), vec!["'{2026-01-01 15:30}'"]),
        (array(SqlType::Numeric(None)), vec!["'{1.239}'", "'{1}'"]),
        (array(numeric(12, 2)), vec!["'{1.23}'"]),
        (other("BIT(5)"), vec!["B'10101'"]),
        (other("BIT(3)"), vec!["B'101'"]),
        (other("TIMESTAMPTZ(0)"), vec!["'2026-01-01 15:30+00'"]),
        (other("BIGSERIAL"), vec!["9223372036854775807", "1"]),
    ]
}

fn schema(name: &str, sql_type: &SqlType, renamed_from: Option<&str>) -> Schema {
    let id = Column { nullable: false, ..Column::new("id", SqlType::BigInt) };
    let renamed_from = renamed_from.map(str::to_owned);
    let column = Column { nullable: true, renamed_from, ..Column::new(name, sql_type.clone()) };
    let key = PrimaryKey { name: "items_pkey".to_owned(), columns: vec!["id".to_owned()] };
    let table = Table { name: "items".to_owned(), columns: vec![id, column], primary_key: key, ..Table::default() };
    let extensions = BTreeSet::from(["citext".to_owned()]);
    Schema { tables: BTreeMap::from([(table.name.clone(), table)]), extensions, ..Schema::default() }
}

fn planned(from: &SqlType, to: &SqlType, road: Road) -> Result<(&'static str, Plan), Vec<Diagnostic>> {
    let renamed = matches!(road, Road::Renamed | Road::KeptRenamed);
    let name = if renamed { "w" } else { "v" };
    let (old, new) = (schema("v", from, None), schema(name, to, renamed.then_some("v")));
    let mut allowed = Allowed::default();
    if matches!(road, Road::Rewritten | Road::Stopped) {
        allowed.acknowledged.insert("rewrites items".to_owned());
    }
    if matches!(road, Road::Fits) {
        allowed.acknowledged.insert(format!("items.v fits {to}"));
    }
    if matches!(road, Road::Stopped | Road::Fits | Road::Kept | Road::KeptRenamed) {
        allowed.acknowledged.insert(format!("no loss in items.{name}"));
    }
    plan::plan(&old, &new, &Profile::default(), &allowed).map(|plan| (name, plan))
}

/// The values as they are written. A number is the same whatever zeros follow its point.
async fn values(connection: &mut PgConnection, column: &str, sql_type: &SqlType) -> Vec<(i64, String)> {
    database::execute(connection, SESSIONS[0]).await.unwrap();
    let text = match sql_type {
        SqlType::Numeric(_) => format!("trim_scale({column})::text"),
        _ => format!("{column}::text COLLATE \"C\""),
    };
    let sql = format!("SELECT id, coalesce({text}, 'NULL') FROM items WHERE id < {BESIDE} ORDER BY id");
    sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut *connection).await.unwrap()
}

/// Whether the old release was said to write only what fits.
type Fits = bool;

/// Runs the files over rows that hold these values. The answer is what is wrong, and whether the files went through.
async fn through(
    connection: &mut PgConnection,
    from: &SqlType,
    (column, files, fits): (&str, &[Rendered], Fits),
    list: &[(i64, &str)],
) -> (Vec<String>, bool) {
    let plain = from.numbered().unwrap_or_else(|| from.clone());
    database::execute(connection, SESSIONS[0]).await.unwrap();
    database::execute(connection, "DROP TABLE IF EXISTS items CASCADE").await.unwrap();
    database::execute(connection, &format!("CREATE TABLE items (id INT8 PRIMARY KEY, v {plain})")).await.unwrap();
    for (id, value) in list {
        let insert = format!("INSERT INTO items VALUES ({id}, {value})");
        database::execute(connection, &insert).await.unwrap_or_else(|error| panic!("{insert}: {error}"));
    }
    let before = values(connection, "v", from).await;
    let mut beside = false;
    for (number, file) in files.iter().enumerate() {
        database::execute(connection, SESSIONS[(number + 1) % 3]).await.unwrap();
        if run::file(connection, &file.up.text).await.is_err() {
            // A file that stops changed nothing.
            let is = values(connection, "v", from).await;
            let wrong = if is == before { Vec::new() } else { vec![format!("it stops, and {before:?} is {is:?}")] };
            return (wrong, false);
        }
        if file.migration.contains("_sync_") {
            database::execute(connection, SESSIONS[number % 3]).await.unwrap();
            let copy = format!("INSERT INTO items (id, v) SELECT id + {BESIDE}, v FROM items");
            // What has no form in the other type stops the old release nowhere: such a change is refused, or every value
            // was said to have one.
            match database::execute(connection, &copy).await {
                Ok(()) => beside = true,
                Err(_) if fits => {}
                Err(error) => panic!("{from} to {column}: {error}"),
            }
        }
    }
    let mut wrong = Vec::new();
    database::execute(connection, SESSIONS[0]).await.unwrap();
    if beside {
        let differ = format!(
            "SELECT filled.{column}::text || ' and ' || written.{column}::text FROM items AS filled \
             JOIN items AS written ON written.id = filled.id + {BESIDE} \
             WHERE filled.{column}::text COLLATE \"C\" IS DISTINCT FROM written.{column}::text COLLATE \"C\""
        );
        let differ: Vec<String> = sqlx::query_scalar(AssertSqlSafe(differ)).fetch_all(&mut *connection).await.unwrap();
        wrong.extend(differ.into_iter().map(|it| format!("a fill and a trigger disagree: {it}")));
    }
    // What the new release reads, written as the old type, is what the old one read.
    let back = files.iter().rev().filter_map(|files| files.down.as_ref());
    for (number, file) in back.enumerate() {
        database::execute(connection, SESSIONS[(number + 2) % 3]).await.unwrap();
        if let Err(error) = run::file(connection, &file.text).await {
            wrong.push(format!("{} of {column}: {error}", file.name));
            return (wrong, true);
        }
    }
    let after = values(connection, "v", from).await;
    if after != before {
        wrong.push(format!("{before:?} comes back as {after:?}"));
    }
    (wrong, true)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_value_is_changed_silently() {
    let all = std::env::var("CONVERSIONS").is_ok_and(|it| it == "all");
    let types = types();
    let pairs: Vec<_> = types
        .iter()
        .enumerate()
        .flat_map(|(row, from)| types.iter().enumerate().map(move |(column, to)| (row + column, from, to)))
        .filter(|(place, ..)| all || place.is_multiple_of(3))
        .map(|(_, from, to)| (from.clone(), to.0.clone()))
        .collect();
    let (pairs, next) = (Arc::new(pairs), Arc::new(AtomicUsize::new(0)));
    let workers = (0..4).map(|_| {
        let (pairs, next) = (Arc::clone(&pairs), Arc::clone(&next));
        tokio::spawn(async move {
            let (_database, pool) = database::empty().await;
            let mut connection = pool.acquire().await.unwrap();
            database::execute(&mut connection, "CREATE EXTENSION citext; SET client_min_messages = error")
                .await
                .unwrap();
            let (mut wrong, mut plans, mut refused) = (Vec::new(), 0, 0);
            while let Some(((from, list), to)) = pairs.get(next.fetch_add(1, Ordering::Relaxed)) {
                for road in ROADS {
                    let Ok((column, plan)) = planned(from, to, road) else {
                        refused += 1;
                        continue;
                    };
                    plans += 1;
                    let fits = road == Road::Fits;
                    let files = steps(&plan, &Naming { name: "change", first: 1, date: None }, &Profile::default());
                    let numbered: Vec<(i64, &str)> = (1..).zip(list.iter().copied()).collect();
                    let (mut found, went) = through(&mut connection, from, (column, &files, fits), &numbered).await;
                    // If one of them stops the file, each is tried by itself.
                    for one in numbered.chunks(1).filter(|_| !went) {
                        found.extend(through(&mut connection, from, (column, &files, fits), one).await.0);
                    }
                    wrong.extend(found.into_iter().map(|problem| format!("{from} to {to}, {road:?}: {problem}")));
                }
            }
            (wrong, plans, refused)
        })
    });
    let (mut wrong, mut plans, mut refused) = (Vec::new(), 0, 0);
    for worker in workers.collect::<Vec<_>>() {
        let (found, some, others) = worker.await.unwrap();
        wrong.extend(found);
        plans += some;
        refused += others;
    }
    wrong.sort();
    eprintln!("{plans} plans were run, {refused} were refused");
    let least = if all { 500 } else { 150 };
    assert!(plans > least && refused > least, "{plans} plans, {refused} refused");
    assert!(wrong.is_empty(), "{} problems\n{}", wrong.len(), wrong.join("\n"));
}

/// The measure can fail: it sees a value that a cast cuts.
#[tokio::test]
async fn a_truncated_value_is_seen() {
    let (_database, pool) = database::empty().await;
    let mut connection = pool.acquire().await.unwrap();
    let (from, to) = (SqlType::Text, SqlType::Varchar(5));
    let words = ["rewrites items", "loses items.v"].map(str::to_owned);
    let allowed = Allowed { acknowledged: words.into(), ..Allowed::default() };
    let plan = plan::plan(&schema("v", &from, None), &schema("v", &to, None), &Profile::default(), &allowed).unwrap();
    assert_eq!(
        plan.steps[0].up.loses.as_deref(),
        Some("of the values of items.v: what is longer than 5 characters is cut")
    );
    let files = steps(&plan, &Naming { name: "change", first: 1, date: None }, &Profile::default());
    let (wrong, went) = through(&mut connection, &from, ("v", &files, false), &[(1, "'a long note'")]).await;
    assert!(went);
    assert_eq!(wrong, [r#"[(1, "a long note")] comes back as [(1, "a lon")]"#]);
}

/// A row that another session had not committed yet when the way back checked would be cut after the check.
#[tokio::test]
async fn a_way_back_takes_its_lock_before_it_checks() {
    let (database, pool) = database::empty().await;
    let mut connection = pool.acquire().await.unwrap();
    let (from, to) = (SqlType::Varchar(5), SqlType::Text);
    let plan = plan::plan(&schema("v", &from, None), &schema("v", &to, None), &Profile::default(), &Allowed::default());
    let files = steps(&plan.unwrap(), &Naming { name: "change", first: 1, date: None }, &Profile::default());
    database::execute(&mut connection, "CREATE TABLE items (id INT8 PRIMARY KEY, v TEXT)").await.unwrap();
    let mut writer = PgConnection::connect(database.url()).await.unwrap();
    database::execute(&mut writer, "BEGIN; INSERT INTO items VALUES (1, 'a long note')").await.unwrap();
    let text = files[0].down.clone().unwrap().text;
    let back = tokio::spawn(async move { run::file(&mut connection, &text).await });
    // It waits for the writer, whenever that commits.
    let waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)";
    while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&mut writer).await.unwrap() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    database::execute(&mut writer, "COMMIT").await.unwrap();
    let error = back.await.unwrap().unwrap_err();
    assert!(error.contains("some rows have values in items.v that VARCHAR(5) does not take"), "{error}");
    assert_eq!(values(&mut writer, "v", &to).await, [(1, "a long note".to_owned())]);
}
