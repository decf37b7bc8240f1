//! Indexes that are built alongside readers and writers: do they exist, are they valid, and are they the intended ones?

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};
use tablewright_core::sql::quote;

use super::script::NewIndex;
use super::watch::{self, Blocker};

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

/// Whether another relation in the schema of the table has the index's name: `IF NOT EXISTS` would build nothing, and say nothing.
pub(super) async fn is_name_taken(connection: &mut PgConnection, new: &NewIndex) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_class t ON t.relnamespace = c.relnamespace \
         WHERE t.oid = to_regclass($2) AND c.relname = left((parse_ident($1))[array_upper(parse_ident($1), 1)], 63))",
    )
    .bind(&new.name)
    .bind(table(new))
    .fetch_one(connection)
    .await
}

/// `ONLY orders` names the table as `orders` does.
fn table(new: &NewIndex) -> &str {
    let words = new.table.trim();
    match words.split_once(char::is_whitespace) {
        Some((only, table)) if only.eq_ignore_ascii_case("only") => table.trim(),
        _ => words,
    }
}

/// Who is building an index right now, or another one of its table. Every role sees who holds a lock and which sessions build
/// indexes; which index it is, only the builder's own role sees.
pub(super) async fn builder(connection: &mut PgConnection, index: &str) -> Result<Option<Blocker>, sqlx::Error> {
    let table: Option<i64> =
        sqlx::query_scalar("SELECT indrelid::INT8 FROM pg_index WHERE indexrelid = to_regclass($1)")
            .bind(index)
            .fetch_optional(&mut *connection)
            .await?;
    let Some(table) = table else { return Ok(None) };
    Ok(builders(connection, &[table]).await?.into_iter().next().map(|(_, builder)| builder))
}

/// The sessions that are building indexes of tables, each with its table.
async fn builders(connection: &mut PgConnection, tables: &[i64]) -> Result<Vec<(i64, Blocker)>, sqlx::Error> {
    // A build beside readers and writers holds this lock from its first transaction to its last. So does VACUUM, which builds none.
    let held: Vec<(i64, i32)> = sqlx::query_as(
        "SELECT l.relation::INT8, l.pid FROM pg_locks l JOIN pg_stat_progress_create_index p ON p.pid = l.pid \
         WHERE l.locktype = 'relation' AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted \
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         AND l.relation::INT8 = ANY($1) AND l.pid <> pg_backend_pid() ORDER BY 1, 2",
    )
    .bind(tables)
    .fetch_all(&mut *connection)
    .await?;
    let mut found = Vec::new();
    for (table, pid) in held {
        if let Some(session) = watch::session(connection, pid).await? {
            found.push((table, session));
        }
    }
    Ok(found)
}

pub(super) async fn is_invalid(connection: &mut PgConnection, index: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass($1) \
         AND NOT (indisvalid AND indisready AND indislive))",
    )
    .bind(index)
    .fetch_one(connection)
    .await
}

pub(super) fn drop_text(index: &str) -> String {
    format!("DROP INDEX CONCURRENTLY IF EXISTS {index}")
}

/// An invalid index that `REINDEX CONCURRENTLY` made next to those of a table, or next to an index, and left behind.
pub(super) async fn half_rebuilt(connection: &mut PgConnection, of: &str) -> Result<Option<String>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT n.nspname, c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
         JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relname ~ '_cc(new|old)[0-9]*$' AND i.indrelid IN ( \
         SELECT coalesce(x.indrelid, r.relation) FROM ( \
         SELECT to_regclass($1)::oid UNION SELECT relid FROM pg_partition_tree(to_regclass($1))) AS r (relation) \
         LEFT JOIN pg_index x ON x.indexrelid = r.relation) ORDER BY 1, 2 LIMIT 1",
    )
    .bind(of)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(name).transpose()
}

/// The index that `REINDEX CONCURRENTLY` was rebuilding as this one.
pub(super) fn rebuilt(name: &str) -> &str {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    word.strip_suffix("_ccnew").or_else(|| word.strip_suffix("_ccold")).unwrap_or(name)
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
    let first = all_invalid(connection).await?;
    let tables: Vec<i64> = first.iter().map(|(_, table)| *table).collect();
    let built = builders(connection, &tables).await?;
    // One that was finished between the two looks is valid by now.
    let second = if first.is_empty() { Vec::new() } else { all_invalid(connection).await? };
    let left = first.into_iter().filter(|it| second.contains(it) && built.iter().all(|(table, _)| *table != it.1));
    Ok(left.map(|(index, _)| index).collect())
}

/// Each invalid index with its table.
async fn all_invalid(connection: &mut PgConnection) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT n.nspname, c.relname, i.indrelid::INT8 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
         JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND c.relkind = 'i' ORDER BY 1, 2",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((name(row)?, row.try_get(2)?))).collect()
}

/// A name with its schema, quoted.
fn name(row: &PgRow) -> Result<String, sqlx::Error> {
    Ok(format!("{}.{}", quote(row.try_get(0)?), quote(row.try_get(1)?)))
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
