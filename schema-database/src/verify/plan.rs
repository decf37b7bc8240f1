//! The server is asked for the plan of each statement, when it has no alternative to the promised index.

use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};
use tablewright_core::queries::Promise;
use tablewright_core::schema::SqlType;
use tablewright_core::sql::quote;

use super::{Access, Failed, Proof, Run, connect};

/// Paths that are switched off are only expensive: one still appears if nothing else serves, and that is what is looked for.
const ONLY_INDEXES: &str = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off; \
                            SET enable_sort = off; SET enable_incremental_sort = off";

pub(super) async fn check(run: &mut Run<'_>, promised: Vec<(String, Promise)>) -> Result<(), Failed> {
    let mut connection = connect(run.database.url(), Access::Write).await?;
    let failed = connection.failed("switch the planner's other ways off");
    sqlx::raw_sql(ONLY_INDEXES).execute(connection.sql()).await.map_err(failed)?;
    for (table, promise) in &promised {
        let name = format!("{table}.{}", promise.helper);
        run.watcher.part(&name);
        let Some(index) = promise.indexes.first() else { continue };
        // A hole is left only where the models do not say what a type is; `check` reports that.
        let Some(sql) = promise.sql.as_text() else { continue };
        run.report.statements += 1;
        let plan = match plan(connection.sql(), table, index, sql, &promise.parameters).await {
            Ok(plan) => plan,
            Err(error) if super::apply::code_of(&error).as_deref() == Some("42501") => {
                run.report.notes.push("plans were not checked: that requires superuser rights".to_owned());
                break;
            }
            Err(error) => {
                run.found(Proof::Plans, None, format!("{name}: {}", super::apply::told(&error)), None);
                continue;
            }
        };
        let read = nodes(&plan).into_iter().filter_map(|node| node["Index Name"].as_str()).collect::<Vec<_>>();
        let parts = parts_of(connection.sql(), index).await.unwrap_or_default();
        if !read.iter().any(|name| *name == index || parts.iter().any(|part| part == name)) {
            run.found(
                Proof::Plans,
                None,
                format!("{name} does not use {index}, which is promised to serve it; the plan: {}", shown(&plan)),
                Some("this is a bug in cargo-schema: please report it with the model".to_owned()),
            );
        } else if promise.sort_forbidden && nodes(&plan).into_iter().any(sorts_rows) {
            run.found(
                Proof::Plans,
                None,
                format!("{name} sorts its rows, although {index} has them in that order; the plan: {}", shown(&plan)),
                Some("this is a bug in cargo-schema: please report it with the model".to_owned()),
            );
        }
    }
    connection.close().await;
    Ok(())
}

/// On a table without rows every index costs the same, so the others are switched off until the transaction is rolled back.
async fn plan(
    connection: &mut PgConnection,
    table: &str,
    index: &str,
    sql: &str,
    parameters: &[SqlType],
) -> Result<Value, sqlx::Error> {
    // A statement outlives the transaction that prepared it, also one that failed.
    sqlx::raw_sql("DEALLOCATE ALL").execute(&mut *connection).await?;
    sqlx::raw_sql("BEGIN").execute(&mut *connection).await?;
    let plan = planned(connection, table, index, sql, parameters).await;
    sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await?;
    plan
}

async fn planned(
    connection: &mut PgConnection,
    table: &str,
    index: &str,
    sql: &str,
    parameters: &[SqlType],
) -> Result<Value, sqlx::Error> {
    sqlx::query(
        "UPDATE pg_index SET indisvalid = false FROM pg_class x \
         WHERE x.oid = indexrelid AND indrelid = to_regclass($1) AND x.relname <> $2",
    )
    .bind(quote(table))
    .bind(index)
    .persistent(false)
    .execute(&mut *connection)
    .await?;
    let types: Vec<String> = parameters.iter().map(SqlType::to_string).collect();
    let list = |words: &[String]| if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) };
    let nulls = vec!["NULL".to_owned(); types.len()];
    let prepare = format!("PREPARE tablewright_asked{} AS {sql}", list(&types));
    sqlx::raw_sql(AssertSqlSafe(prepare)).execute(&mut *connection).await?;
    let explain = format!("EXPLAIN (FORMAT JSON) EXECUTE tablewright_asked{}", list(&nulls));
    let row = sqlx::raw_sql(AssertSqlSafe(explain)).fetch_one(&mut *connection).await;
    let text: String = row?.try_get_unchecked(0)?;
    let mut plan: Value = serde_json::from_str(&text).map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    Ok(plan[0]["Plan"].take())
}

/// The indexes of partitions that are parts of an index: where one partition is left, the plan names that of it alone.
async fn parts_of(connection: &mut PgConnection, index: &str) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT relname::TEXT FROM pg_partition_tree(to_regclass($1)) JOIN pg_class ON oid = relid WHERE level > 0",
    )
    .bind(quote(index))
    .persistent(false)
    .fetch_all(&mut *connection)
    .await
}

fn nodes(plan: &Value) -> Vec<&Value> {
    let mut open = vec![plan];
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        found.push(node);
        open.extend(node["Plans"].as_array().into_iter().flatten());
    }
    found
}

/// Whether a node sorts rows of a table; what a batch has picked of it, and what a LIMIT has bounded, may be sorted.
fn sorts_rows(node: &Value) -> bool {
    let is_sort = node["Node Type"].as_str().is_some_and(|found| found.contains("Sort"));
    let mut open = if is_sort { vec![node] } else { Vec::new() };
    while let Some(node) = open.pop() {
        if node["Relation Name"].is_string() {
            return true;
        }
        if node["Node Type"] == "Limit" {
            continue;
        }
        // What belongs to a node without being its input: the CTEs of a statement.
        let below = node["Plans"].as_array().into_iter().flatten();
        open.extend(below.filter(|node| node["Parent Relationship"] != "InitPlan"));
    }
    false
}

/// `Limit > Index Scan on orders_user_id_idx`
fn shown(plan: &Value) -> String {
    let words = nodes(plan).into_iter().map(|node| {
        let kind = node["Node Type"].as_str().unwrap_or("?");
        match node["Index Name"].as_str().or(node["Relation Name"].as_str()) {
            Some(name) => format!("{kind} on {name}"),
            None => kind.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" > ")
}
