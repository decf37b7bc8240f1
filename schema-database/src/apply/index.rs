//! Indexes that are built alongside readers and writers: do they exist, are they valid, and are they the intended ones?

use sqlx::{AssertSqlSafe, PgConnection, Row as _};
use tablewright_core::sql::quote;

use super::script::NewIndex;

/// What the catalog says of an index's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FoundIndex {
    /// Nothing has the name.
    Nothing,
    /// An index that an interrupted build left behind.
    Invalid {
        /// Its name with its schema, quoted.
        index: String,
    },
    /// An intact index.
    Valid {
        /// Its name with its schema, quoted.
        index: String,
        /// As the server writes it.
        definition: String,
    },
}

/// Looks for an index in the schema of its table. It counts as another relation, for the server to refuse,
/// if it is on another table.
pub(super) async fn find(connection: &mut PgConnection, new: &NewIndex) -> Result<FoundIndex, sqlx::Error> {
    // `parse_ident` reads the name as the server would: folded, or as it is in quotes.
    let row = sqlx::query(
        "SELECT n.nspname, c.relname, i.indisvalid AND i.indisready AND i.indislive, pg_get_indexdef(c.oid) \
         FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE i.indrelid = to_regclass($2) AND c.relname = left((parse_ident($1))[array_upper(parse_ident($1), 1)], 63)",
    )
    .bind(&new.name)
    .bind(table(new))
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(FoundIndex::Nothing) };
    let (schema, name): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let index = format!("{}.{}", quote(&schema), quote(&name));
    let whole: bool = row.try_get(2)?;
    Ok(if whole { FoundIndex::Valid { index, definition: row.try_get(3)? } } else { FoundIndex::Invalid { index } })
}

/// `ONLY orders` names the table as `orders` does.
fn table(new: &NewIndex) -> &str {
    let words = new.table.trim();
    match words.split_once(char::is_whitespace) {
        Some((only, table)) if only.eq_ignore_ascii_case("only") => table.trim(),
        _ => words,
    }
}

/// Whether another session is building the index right now.
pub(super) async fn is_being_built(connection: &mut PgConnection, index: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM pg_stat_progress_create_index \
         WHERE index_relid = to_regclass($1) AND pid <> pg_backend_pid())",
    )
    .bind(index)
    .fetch_one(connection)
    .await
}

pub(super) async fn drop(connection: &mut PgConnection, index: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(format!("DROP INDEX CONCURRENTLY IF EXISTS {index}"))).execute(connection).await?;
    Ok(())
}

/// How the server understands a statement: the index is built on an empty copy of the table, in a transaction that is
/// rolled back. `None` where the role may not do that.
pub(super) async fn meant(
    connection: &mut PgConnection,
    new: &NewIndex,
    statement: &str,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::raw_sql("BEGIN").execute(&mut *connection).await?;
    let built = build(connection, new, statement).await;
    sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await?;
    match built {
        Err(error) if code(&error).as_deref() == Some("42501") => Ok(None),
        other => other.map(Some),
    }
}

async fn build(connection: &mut PgConnection, new: &NewIndex, statement: &str) -> Result<String, sqlx::Error> {
    let copy = format!("CREATE TEMPORARY TABLE tablewright_copy (LIKE {} INCLUDING GENERATED)", table(new));
    sqlx::raw_sql(AssertSqlSafe(copy)).execute(&mut *connection).await?;
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut *connection).await?;
    sqlx::query_scalar(
        "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = to_regclass('pg_temp.tablewright_copy')",
    )
    .fetch_one(connection)
    .await
}

/// Where an index is put by [`meant`].
pub(super) const COPY: &str = "pg_temp.tablewright_copy";

/// An index's definition without its name and table: `UNIQUE USING btree (a)`.
pub(super) fn shape(definition: &str) -> String {
    let unique = if definition.starts_with("CREATE UNIQUE ") { "UNIQUE " } else { "" };
    format!("{unique}{}", definition.find(" USING ").map_or(definition, |at| &definition[at + 1..]))
}

/// The invalid indexes of a database that are not being built.
pub(super) async fn invalid(connection: &mut PgConnection) -> Result<Vec<String>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT n.nspname, c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
         JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE NOT i.indisvalid AND c.relkind = 'i' \
         AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid) \
         ORDER BY 1, 2",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(format!("{}.{}", quote(row.try_get(0)?), quote(row.try_get(1)?)))).collect()
}

/// SQLSTATE of an error.
pub(crate) fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_indexes_are_compared_without_their_names() {
        let one = shape("CREATE UNIQUE INDEX a ON public.b USING btree (c) WHERE (d > 0)");
        assert_eq!(one, shape("CREATE UNIQUE INDEX a ON pg_temp_3.copy USING btree (c) WHERE (d > 0)"));
        assert_ne!(one, shape("CREATE INDEX a ON public.b USING btree (c) WHERE (d > 0)"));
    }
}
