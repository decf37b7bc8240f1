//! What `schema.lock` records of a table is what a database that has the table gives: otherwise `apply` would find drift where
//! there is none.

#[path = "migrations_harness/mod.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod harness;

use harness::{case, database};
use tablewright_core::dialect::Target;
use tablewright_core::migrations::{Shape, changed};
use tablewright_core::schema::{Schema, recorded, recorded_table};
use tablewright_database::{Access, Options, connect, introspect};

#[tokio::test]
async fn a_table_has_the_same_shape_in_the_models_and_on_a_server() {
    let database = tokio::task::spawn_blocking(tablewright_tempdb::database).await.unwrap();
    let mut connection = connect(database.url(), Access::Write).await.unwrap();
    let mut pool = sqlx::postgres::PgPoolOptions::new().connect(database.url()).await.unwrap().acquire().await.unwrap();
    let (mut wrong, mut tables) = (Vec::new(), 0);
    // Most cases differ from others in the way alone: every fifth has every kind of part. `CASE=word` takes all of them.
    let step = if std::env::var("CASE").is_ok() { 1 } else { 5 };
    for case in case::all().iter().step_by(step) {
        let Ok(models) = case.models(&[Target::Postgres]) else { continue };
        let schema = &models.new.schema;
        database::execute(&mut pool, "DROP SCHEMA public CASCADE; CREATE SCHEMA public").await.unwrap();
        if !schema.customs.is_empty() || database::create(&mut pool, schema, &models.profile).await.is_err() {
            continue;
        }
        let found = introspect(&mut connection, &Options::default()).await.unwrap().schema;
        for (name, shape) in changed(&Schema::default(), &recorded(schema)) {
            tables += 1;
            let is = found.tables.get(&name).map(|table| Shape::of(&recorded_table(table)));
            wrong.extend(shape.unlike(is.as_ref()).iter().map(|it| format!("{}: {name}: {it}", case.name)));
        }
    }
    assert!(wrong.is_empty(), "{} of {tables} tables\n{}", wrong.len(), wrong.join("\n"));
    assert!(std::env::var("CASE").is_ok() || tables > 30, "{tables} tables");
}
