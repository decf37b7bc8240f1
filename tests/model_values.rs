//! What a model may say: every attribute that takes SQL or a name, with every kind of value that a careless or a hostile person
//! would type. Whatever the rules accept, the server takes, as one statement, and makes what the model says and no more; what
//! they refuse has a place and a line to type.
//!
//! `MODEL_VALUES=all` tries each attribute with each value; otherwise every seventh of them is tried, `MODEL_VALUES_SEED` says from which on.

#[path = "model_values/places.rs"]
mod places;
#[path = "model_values/values.rs"]
mod values;

use std::collections::BTreeMap;
use std::path::Path;

use sqlx::postgres::{PgConnection, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqlSafeStr as _};
use tablewright_core::config::Profile;
use tablewright_core::migrations::statements;
use tablewright_core::parse::scan;
use tablewright_core::plan;
use tablewright_core::schema::Schema;
use tablewright_core::sql::quote;

use places::{PLACES, Place};

/// Errors that say that there is no type, function, operator, collation or role of a name, or that an operator belongs to no class of
/// them: which only the server knows.
const NOT_KNOWN: &[&str] = &["42704", "42809", "42883"];

/// Which of so many members are tried where nothing is said.
const SAMPLE: usize = 7;

/// Conventions, which a package may switch off: what they refuse would hide what is tried here.
const OFF: &[&str] = &[
    "bounded",
    "column_name",
    "constraint_name",
    "index_kinds",
    "integer_width",
    "normal_form",
    "pii",
    "query_index",
    "redundant_index",
    "secret",
    "table_name",
    "text",
    "unused_index",
];

fn profile() -> Profile {
    let off = OFF.iter().map(|rule| ((*rule).to_owned(), "it is not what is tried".to_owned()));
    Profile { rules_off: off.collect(), ..Profile::default() }
}

/// The schema of a model, where the rules accept it; what they say otherwise.
fn read(package: &Path, source: &str) -> Result<Schema, Vec<String>> {
    std::fs::write(package.join("src/lib.rs"), source).unwrap();
    match scan::scan(package, &profile()) {
        Ok(scan) => Ok(scan.schema),
        Err(failure) => Err(failure.reports.iter().map(|report| said(report, source)).collect()),
    }
}

/// An error's text, once it is known to have a place and a line to type.
fn said(report: &tablewright_core::report::Report, source: &str) -> String {
    assert!(!report.at.is_whole() && !report.at.text().is_empty(), "no place: {report:?}\n{source}");
    assert!(report.help.as_ref().is_some_and(|help| !help.is_empty()), "nothing to type: {report:?}\n{source}");
    report.text()
}

/// Whether an error says what only the server can know: what it has, and what a policy's query gives.
fn is_of_the_server(error: &sqlx::Error, statement: &str) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default();
    NOT_KNOWN.contains(&&*code)
        || statement.starts_with("CREATE EXTENSION")
        || code == "42804" && statement.starts_with("CREATE POLICY") && statement.contains("SELECT")
}

/// Creates the schema, one statement at a time, and looks at what is there then. All of it is undone.
async fn holds(connection: &mut PgConnection, schema: &Schema) -> Result<(), String> {
    let Ok(creation) = plan::create_all(schema, &profile()) else { return Ok(()) };
    let mut transaction = connection.begin().await.unwrap();
    for statement in creation.up.iter().flat_map(|group| &group.statements) {
        // Prepared, so that a second statement in the text is an error.
        let done = sqlx::query(AssertSqlSafe(statement.to_string())).execute(&mut *transaction).await;
        if let Err(error) = done {
            let is_of_the_server = is_of_the_server(&error, statement);
            return if is_of_the_server { Ok(()) } else { Err(format!("{error}\n    in: {statement}")) };
        }
    }
    prepares(&mut transaction, schema).await?;
    let names =
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')";
    let mut there: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut *transaction).await.unwrap();
    transaction.rollback().await.unwrap();
    let mut stated: Vec<String> = schema.tables.keys().cloned().collect();
    let partitioned = schema.tables.values().filter_map(|table| table.partitioning.as_ref());
    stated.extend(partitioned.flat_map(|by| &by.partitions).map(|partition| partition.name.clone()));
    stated.push("victims".to_owned());
    there.sort();
    stated.sort();
    if there == stated { Ok(()) } else { Err(format!("the tables are {there:?}, the model states {stated:?}")) }
}

/// Whether the server takes each statement of a declared query, and what fills the columns of rows that exist.
async fn prepares(connection: &mut PgConnection, schema: &Schema) -> Result<(), String> {
    let mut texts: Vec<String> =
        statements(schema).into_iter().filter(|(name, _)| name.contains(".high")).map(|(_, it)| it.sql).collect();
    for table in schema.tables.values() {
        let fills = table.columns.iter().filter_map(|column| Some((&column.name, column.backfill.as_ref()?)));
        texts.extend(
            fills.map(|(column, value)| format!("UPDATE {} SET {} = {value}", quote(&table.name), quote(column))),
        );
    }
    for text in texts {
        let mut savepoint = connection.begin().await.unwrap();
        let prepared = savepoint.prepare(AssertSqlSafe(text.clone()).into_sql_str()).await;
        if let Err(error) = prepared
            && !is_of_the_server(&error, &text)
        {
            return Err(format!("{error}\n    in: {text}"));
        }
        savepoint.rollback().await.unwrap();
    }
    Ok(())
}

/// Every member that is tried: a place with a value in it.
fn members() -> Vec<(&'static Place, String)> {
    let all = PLACES.iter().flat_map(|place| values::of(place.kind).into_iter().map(move |value| (place, value)));
    if std::env::var("MODEL_VALUES").is_ok_and(|word| word == "all") {
        return all.collect();
    }
    let seed: usize = std::env::var("MODEL_VALUES_SEED").ok().map_or(0, |text| text.parse().unwrap());
    all.enumerate().filter(|(number, _)| number % SAMPLE == seed % SAMPLE).map(|(_, member)| member).collect()
}

#[tokio::test]
async fn what_the_rules_accept_the_server_takes() {
    let database = tokio::task::spawn_blocking(tablewright_tempdb::database).await.unwrap();
    let pool = PgPoolOptions::new().max_connections(1).connect(database.url()).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    sqlx::query("CREATE TABLE victims (id INTEGER)").execute(&mut *connection).await.unwrap();
    let package = tempfile::tempdir().unwrap();
    std::fs::create_dir(package.path().join("src")).unwrap();
    let (mut wrong, mut counts) = (Vec::new(), BTreeMap::<&str, (usize, usize)>::new());
    for (place, value) in members() {
        let source = place.source(&value);
        let count = counts.entry(place.name).or_default();
        match read(package.path(), &source) {
            Ok(schema) => {
                count.0 += 1;
                if let Err(problem) = holds(&mut connection, &schema).await {
                    wrong.push(format!("{} = {value:?}: {problem}", place.name));
                }
            }
            Err(_) => count.1 += 1,
        }
    }
    for (place, (accepted, refused)) in &counts {
        eprintln!("{place}: {accepted} accepted, {refused} refused");
    }
    let tried: usize = counts.values().map(|(accepted, refused)| accepted + refused).sum();
    eprintln!("{tried} members, {} faults", wrong.len());
    assert!(
        wrong.is_empty(),
        "{} members are accepted, and the server refuses them:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    // A test that refused everything would prove nothing.
    assert!(counts.values().map(|(accepted, _)| accepted).sum::<usize>() > PLACES.len());
}

/// Each place takes what a person would type there: otherwise nothing behind it would be tried.
#[tokio::test]
async fn each_place_takes_what_is_right() {
    let database = tokio::task::spawn_blocking(tablewright_tempdb::database).await.unwrap();
    let pool = PgPoolOptions::new().max_connections(1).connect(database.url()).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    sqlx::query("CREATE TABLE victims (id INTEGER)").execute(&mut *connection).await.unwrap();
    let package = tempfile::tempdir().unwrap();
    std::fs::create_dir(package.path().join("src")).unwrap();
    let mut wrong = Vec::new();
    for place in PLACES {
        match read(package.path(), &place.source(place.right)) {
            Ok(schema) => {
                wrong.extend(holds(&mut connection, &schema).await.err().map(|it| format!("{}: {it}", place.name)));
            }
            Err(errors) => wrong.push(format!("{}: {}", place.name, errors.join("\n"))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
