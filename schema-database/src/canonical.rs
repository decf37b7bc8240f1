//! A schema as a server spells it.
//!
//! A model says `price >= 0` where the catalog says `price >= (0)::numeric`. No parser on this side could know that the
//! two are the same. So the server is asked: everything that a schema states is created in a separate schema, read back
//! from the catalog, and rolled back.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};
use tablewright_core::config::Profile;
use tablewright_core::plan;
use tablewright_core::schema::Schema;
use tablewright_core::sql::quote;

use super::introspect::{self, Introspection, Options, Unreadable};
use super::{Connection, Error};

/// What the catalog would hold if the database were made from a schema, in the spelling of this server.
///
/// The statements of the first migration run in a transaction that is rolled back, in a schema that no other session
/// sees. No table of the database is locked. What the schema leaves to the database, such as functions that a default
/// calls, is found in the schemas of `options`. The user's own SQL is not run.
///
/// # Errors
/// A role that may not create a schema or an extension, a replica, a statement that the server refuses.
pub async fn canonical(
    connection: &mut Connection,
    schema: &Schema,
    profile: &Profile,
    options: &Options,
) -> Result<Introspection, Error> {
    let creation = plan::create_all(schema, profile).map_err(|problems| {
        let problem = problems.first().map(|problem| format!("{}: {}", problem.path, problem.message));
        Error::Refused {
            message: problem.unwrap_or_else(|| "the tables cannot be created".to_owned()),
            help: "cargo schema check".to_owned(),
        }
    })?;
    let address = connection.address().clone();
    let failed = |doing: String, error: sqlx::Error| match Error::running(&address, doing, error) {
        Error::Statement { doing, code, problem } if code == "53200" => Error::Statement {
            doing,
            code,
            problem: format!(
                "{problem}. So many tables do not fit into the lock table of the server in one transaction: raise \
                 max_locks_per_transaction, or name a server where it is higher with --scratch"
            ),
        },
        error => error,
    };
    let mut transaction =
        connection.sql().begin().await.map_err(|error| failed("begin a transaction".to_owned(), error))?;
    let name = match open(&mut transaction, options).await {
        Ok(name) => name,
        Err(error) => return Err(failed("create a throw-away schema to compare with".to_owned(), error)),
    };
    for group in &creation.up {
        let statements = group.text();
        let done = sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut *transaction).await;
        done.map_err(|error| {
            failed(format!("create {} in a throw-away schema to compare with", group.subject), error)
        })?;
    }
    let own = Options { schemas: vec![name], beyond: options.schemas.clone(), ..options.clone() };
    let found = introspect::catalog(&mut transaction, &own).await;
    // Dropped or not, the transaction is not committed.
    let rolled_back = transaction.rollback().await;
    match found {
        Ok(found) => {
            rolled_back.map_err(|error| failed("roll back".to_owned(), error))?;
            Ok(found)
        }
        Err(Unreadable::Refused { message, help }) => Err(Error::Refused { message, help }),
        Err(Unreadable::Sql(error)) => Err(failed("read the catalog".to_owned(), error)),
    }
}

/// Makes the schema, under a name that no other session has, and puts it first in the search path.
async fn open(transaction: &mut PgConnection, options: &Options) -> Result<String, sqlx::Error> {
    let process: i32 = sqlx::query_scalar("SELECT pg_catalog.pg_backend_pid()").fetch_one(&mut *transaction).await?;
    let name = format!("tablewright_compare_{process}");
    let extensions: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT n.nspname::text
         FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
         WHERE n.nspname <> 'pg_catalog' ORDER BY 1",
    )
    .fetch_all(&mut *transaction)
    .await?;
    let beyond = options.schemas.iter().chain(extensions.iter().filter(|schema| !options.schemas.contains(schema)));
    let path: Vec<String> = std::iter::once(&name).chain(beyond).map(|schema| quote(schema)).collect();
    let open = format!(
        "CREATE SCHEMA {}; SET LOCAL search_path = {}; SET LOCAL check_function_bodies = off; \
         SET LOCAL statement_timeout = 0; SET LOCAL client_min_messages = error",
        quote(&name),
        path.join(", ")
    );
    sqlx::raw_sql(AssertSqlSafe(open)).execute(&mut *transaction).await?;
    Ok(name)
}
