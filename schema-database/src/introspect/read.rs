//! Rows of the catalog.

use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, FromRow};

use super::Unreadable;
use tablewright_core::sql::quote;

/// What a row of a query becomes, by the names of its columns.
pub(super) trait CatalogRow: for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<R: for<'r> FromRow<'r, PgRow> + Send + Unpin> CatalogRow for R {}

/// Asks the catalog about some schemas.
pub(super) struct Reader<'a> {
    connection: &'a mut PgConnection,
    schemas: &'a [String],
}

impl<'a> Reader<'a> {
    pub(super) fn new(connection: &'a mut PgConnection, schemas: &'a [String]) -> Self {
        Self { connection, schemas }
    }

    /// Checks that the schemas exist, and sets the search path.
    ///
    /// What the path finds is printed without its schema. The schemas of extensions follow at its end, as in the path
    /// of a program that uses their types by name.
    pub(super) async fn settle(&mut self, beyond: &[String]) -> Result<(), Unreadable> {
        let known: Vec<String> =
            sqlx::query_scalar("SELECT nspname::text FROM pg_catalog.pg_namespace WHERE nspname = ANY($1)")
                .bind(self.schemas)
                .fetch_all(&mut *self.connection)
                .await?;
        if let Some(missing) = self.schemas.iter().find(|schema| !known.contains(schema)) {
            let all: Vec<String> = sqlx::query_scalar(
                "SELECT nspname::text FROM pg_catalog.pg_namespace
                 WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY 1",
            )
            .fetch_all(&mut *self.connection)
            .await?;
            return Err(Unreadable::Refused {
                message: format!("the database has no schema {missing}"),
                help: format!("--schema NAME    NAME is one of {}", all.join(", ")),
            });
        }
        let extensions: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT n.nspname::text
             FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
             WHERE n.nspname <> 'pg_catalog' AND n.nspname <> ALL ($1) ORDER BY 1",
        )
        .bind(self.schemas)
        .fetch_all(&mut *self.connection)
        .await?;
        let mut path: Vec<String> = Vec::new();
        for name in self.schemas.iter().chain(beyond).chain(&extensions).map(|name| quote(name)) {
            if !path.contains(&name) {
                path.push(name);
            }
        }
        // The session decides how constants of time are printed; here it is always the same.
        let settings = "SELECT pg_catalog.set_config('search_path', $1, true),
            pg_catalog.set_config('timezone', 'UTC', true), pg_catalog.set_config('datestyle', 'ISO, YMD', true),
            pg_catalog.set_config('intervalstyle', 'postgres', true),
            pg_catalog.set_config('extra_float_digits', '3', true)";
        sqlx::query(settings).bind(path.join(", ")).execute(&mut *self.connection).await?;
        Ok(())
    }

    /// The rows of a query whose `$1` is the list of the schemas.
    pub(super) async fn rows<R: CatalogRow>(&mut self, query: &str) -> Result<Vec<R>, Unreadable> {
        self.rows_since(query, &[]).await
    }

    /// The same where the catalog got a column later: its mark in the text becomes the column, or a substitute.
    pub(super) async fn rows_since<R: CatalogRow>(
        &mut self,
        query: &str,
        later: &[Later],
    ) -> Result<Vec<R>, Unreadable> {
        let version = self.connection.server_version_num().unwrap_or_default() / 10_000;
        let mut text = query.to_owned();
        for column in later {
            text = text.replace(column.mark, if version >= column.since { column.is } else { column.before });
        }
        // The text is a constant of this folder, put together from constants.
        let query = sqlx::query_as(AssertSqlSafe(text)).bind(self.schemas).persistent(false);
        Ok(query.fetch_all(&mut *self.connection).await?)
    }
}

/// A column of the catalog that not every version has.
pub(super) struct Later {
    pub(super) mark: &'static str,
    /// The first major version that has it.
    pub(super) since: u32,
    pub(super) is: &'static str,
    /// What older versions have in its place.
    pub(super) before: &'static str,
}

/// The condition that an object belongs to no extension; with a third word, to nothing that was created along with it.
macro_rules! own {
    ($catalog:literal, $oid:literal) => {
        own!($catalog, $oid, "'e'")
    };
    ($catalog:literal, $oid:literal, $kinds:literal) => {
        concat!(
            "NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS member WHERE member.classid = 'pg_catalog.",
            $catalog,
            "'::regclass AND member.objid = ",
            $oid,
            " AND member.deptype IN (",
            $kinds,
            "))"
        )
    };
}
pub(super) use own;

/// Whether a statement can have made a setting of a function, `work_mem=8MB`: it is one of the server's, or has a point in its name.
macro_rules! set_by_statement {
    ($setting:literal) => {
        concat!(
            "(pg_catalog.split_part(",
            $setting,
            ", '=', 1) LIKE '%.%' OR EXISTS (SELECT FROM pg_catalog.pg_settings AS known
                WHERE pg_catalog.lower(known.name) = pg_catalog.lower(pg_catalog.split_part(",
            $setting,
            ", '=', 1))))"
        )
    };
}
pub(super) use set_by_statement;

/// What a list of privileges gives to others than the owner: `INSERT, SELECT to app; SELECT to PUBLIC`. The owner's own are
/// in the list too, under a name that differs in each database, and each server version has different ones.
macro_rules! granted {
    ($list:literal, $owner:literal) => {
        concat!(
            "CASE WHEN ",
            $list,
            " IS NOT NULL THEN (SELECT pg_catalog.string_agg(given.privileges || ' to ' || given.grantee, '; ' ORDER BY given.grantee)
             FROM (SELECT CASE entry.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(entry.grantee)::text END AS grantee,
                    pg_catalog.string_agg(
                        entry.privilege_type || CASE WHEN entry.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
                        ', ' ORDER BY entry.privilege_type) AS privileges
                 FROM pg_catalog.aclexplode(",
            $list,
            ") AS entry WHERE entry.grantee <> ",
            $owner,
            " GROUP BY entry.grantee) AS given) END"
        )
    };
}
pub(super) use granted;
