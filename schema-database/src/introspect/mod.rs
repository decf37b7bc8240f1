//! A live database to the schema that the models state, from the catalog of PostgreSQL 13 and newer.
//!
//! A handful of queries reads everything, however many tables there are. What the schema can hold is held exactly, with
//! expressions as the server prints them; what it cannot hold is listed as [`Unheld`], never dropped.

mod columns;
mod constraints;
mod elsewhere;
mod indexes;
mod options;
mod read;
mod relations;
mod text;
mod triggers;
mod types;
mod unheld;

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Connection as _;
use sqlx::postgres::PgConnection;
use tablewright_core::plan;
use tablewright_core::schema::{Index, Schema, Table};

pub use unheld::{Kind, Unheld};

pub(crate) use text::made_name;

use super::{Connection, Error};
use read::Reader;

/// The tables of migration runners, which do not belong to the program.
const LEDGERS: &[&str] = &["_sqlx_migrations", "_tablewright_lease", "_tablewright_underway"];

/// What is read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The schemas, in the order of the search path. Of two tables with one name, the first is the table.
    pub schemas: Vec<String>,
    /// Tables that are left out.
    pub ignored: BTreeSet<String>,
    /// Other schemas of the search path, which are not read.
    pub(super) beyond: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            schemas: vec!["public".to_owned()],
            ignored: LEDGERS.iter().map(|name| (*name).to_owned()).collect(),
            beyond: Vec::new(),
        }
    }
}

impl Options {
    /// Reads these schemas; `public` if none is named.
    #[must_use]
    pub fn of(schemas: &[String]) -> Self {
        if schemas.is_empty() { Self::default() } else { Self { schemas: schemas.to_vec(), ..Self::default() } }
    }
}

/// What a database contains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Introspection {
    /// What models can state.
    pub schema: Schema,
    /// What they cannot, in order.
    pub unheld: Vec<Unheld>,
}

/// Reads the catalog, in a transaction that changes nothing.
///
/// # Errors
/// A schema that does not exist, a connection that breaks, a server that is not PostgreSQL.
pub async fn introspect(connection: &mut Connection, options: &Options) -> Result<Introspection, Error> {
    if connection.is_cockroach() {
        return Err(Error::Refused {
            message: "the catalog of CockroachDB differs from PostgreSQL's, which is the one that is read".to_owned(),
            help: "apply the migrations to an empty PostgreSQL database, and name that".to_owned(),
        });
    }
    let failed = connection.failed("read the catalog");
    let mut transaction = connection.sql().begin().await.map_err(failed)?;
    // Every query sees the same state.
    let isolation = sqlx::raw_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").execute(&mut *transaction).await;
    let found = match isolation {
        Ok(_) => catalog(&mut transaction, options).await,
        Err(error) => Err(error.into()),
    };
    let rolled_back = transaction.rollback().await;
    let failed = connection.failed("read the catalog");
    match (found, rolled_back) {
        (Ok(found), Ok(())) => Ok(found),
        (Err(Unreadable::Refused { message, help }), _) => Err(Error::Refused { message, help }),
        (Err(Unreadable::Sql(error)), _) | (Ok(_), Err(error)) => Err(failed(error)),
    }
}

/// Why the catalog was not read.
#[derive(Debug)]
pub(super) enum Unreadable {
    Sql(sqlx::Error),
    Refused { message: String, help: String },
}

impl From<sqlx::Error> for Unreadable {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

/// Reads the catalog inside a transaction of the caller's. The search path is set for its rest.
pub(super) async fn catalog(transaction: &mut PgConnection, options: &Options) -> Result<Introspection, Unreadable> {
    let mut reader = Reader::new(transaction, &options.schemas);
    reader.settle(&options.beyond).await?;
    let mut found = Catalog::default();
    found.relations(&mut reader, options).await?;
    found.enumerations(&mut reader).await?;
    found.columns(&mut reader).await?;
    found.indexes(&mut reader).await?;
    found.constraints(&mut reader).await?;
    found.triggers(&mut reader).await?;
    found.policies(&mut reader).await?;
    found.extensions(&mut reader).await?;
    found.others(&mut reader).await?;
    found.elsewhere(&mut reader).await?;
    found.view_options(&mut reader).await?;
    Ok(found.finish())
}

/// What is known so far.
#[derive(Debug, Default)]
struct Catalog {
    schema: Schema,
    tables: BTreeMap<i64, Relation>,
    /// Functions that a trigger holds.
    functions: BTreeSet<i64>,
    unheld: BTreeSet<Unheld>,
}

/// A table while it is read.
#[derive(Debug, Default)]
struct Relation {
    table: Table,
    /// The names of the columns, by their number in the catalog.
    columns: BTreeMap<i16, String>,
    /// Their collations, in the same way.
    collations: BTreeMap<i16, i64>,
    /// The table whose partition it is.
    partition_of: Option<i64>,
    row_security: bool,
    /// Whether the policies apply to the owner too.
    forced: bool,
    /// What distinguishes its indexes until the constraints are read.
    indexes: BTreeMap<i64, Index>,
}

impl Catalog {
    fn unheld(&mut self, kind: Kind, name: impl Into<String>, what: impl Into<String>) {
        self.unheld.insert(Unheld { kind, name: name.into(), what: what.into() });
    }

    fn finish(mut self) -> Introspection {
        for (_, mut relation) in std::mem::take(&mut self.tables) {
            if relation.partition_of.is_some() {
                continue;
            }
            let table = &mut relation.table;
            table.foreign_keys.sort_by(|one, other| one.name.cmp(&other.name));
            table.uniques.sort_by(|one, other| one.name.cmp(&other.name));
            table.checks.sort_by(|one, other| one.name.cmp(&other.name));
            table.exclusions.sort_by(|one, other| one.name.cmp(&other.name));
            table.indexes.sort_by(|one, other| one.name.cmp(&other.name));
            table.triggers.sort_by(|one, other| one.name.cmp(&other.name));
            table.policies.sort_by(|one, other| one.name.cmp(&other.name));
            self.schema.tables.insert(relation.table.name.clone(), relation.table);
        }
        plan::mark_cycles(&mut self.schema);
        Introspection { schema: self.schema, unheld: self.unheld.into_iter().collect() }
    }
}
