//! Plans of statements with parameters, as the server makes them once for all values.

use serde_json::Value as Json;
use tablewright::sqlx::{self, AssertSqlSafe, Connection as _, PgConnection, Row as _, raw_sql};
use tablewright_core::schema::SqlType;

/// The plan of a statement.
#[derive(Debug)]
pub struct Plan(Json);

/// A connection on which the planner has no alternative to an index, unless there is none.
///
/// A path that is switched off is only expensive, so it still appears if nothing else serves: that is what is looked for.
pub async fn connect(url: &str) -> PgConnection {
    let mut connection = PgConnection::connect(url).await.unwrap();
    run(&mut connection, "SET plan_cache_mode = force_generic_plan").await;
    connection
}

pub async fn only_indexes(connection: &mut PgConnection) {
    for path in ["seqscan", "bitmapscan", "sort", "incremental_sort"] {
        run(connection, &format!("SET enable_{path} = off")).await;
    }
}

pub async fn run(connection: &mut PgConnection, sql: &str) {
    let result = raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await;
    result.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The generic plan of a statement: the same for all values, so any values do.
pub async fn explain(connection: &mut PgConnection, sql: &str, parameters: &[SqlType]) -> Plan {
    let types: Vec<String> = parameters.iter().map(ToString::to_string).collect();
    let types = if types.is_empty() { String::new() } else { format!(" ({})", types.join(", ")) };
    run(connection, &format!("PREPARE asked{types} AS {sql}")).await;
    let values = vec!["NULL"; parameters.len()].join(", ");
    let values = if values.is_empty() { String::new() } else { format!(" ({values})") };
    let explain = format!("EXPLAIN (FORMAT JSON) EXECUTE asked{values}");
    let row = raw_sql(AssertSqlSafe(explain)).fetch_one(&mut *connection).await.unwrap();
    let text: String = row.try_get_unchecked(0).unwrap();
    run(connection, "DEALLOCATE asked").await;
    Plan(serde_json::from_str::<Json>(&text).unwrap()[0]["Plan"].clone())
}

/// The plan if the table has no other index.
///
/// On a table without rows, or with few, indexes cost the same and the planner takes any: whether the named one
/// serves is seen if it is the only one.
pub async fn explain_with_only(
    connection: &mut PgConnection,
    table: &str,
    index: &str,
    sql: &str,
    parameters: &[SqlType],
) -> Plan {
    // Switched off in the catalogue until the transaction is rolled back: quicker than dropping them.
    let switch_off = "UPDATE pg_index SET indisvalid = false FROM pg_class x
                      WHERE x.oid = indexrelid AND indrelid = to_regclass(quote_ident($1)) AND x.relname <> $2";
    run(connection, "BEGIN").await;
    sqlx::query(switch_off).bind(table).bind(index).execute(&mut *connection).await.unwrap();
    let plan = explain(connection, sql, parameters).await;
    run(connection, "ROLLBACK").await;
    plan
}

impl Plan {
    /// Every node, from the top.
    fn nodes(&self) -> Vec<&Json> {
        let mut open = vec![&self.0];
        let mut found = Vec::new();
        while let Some(node) = open.pop() {
            found.push(node);
            open.extend(node["Plans"].as_array().into_iter().flatten());
        }
        found
    }

    pub fn has(&self, word: &str) -> bool {
        self.nodes().iter().any(|node| node["Node Type"].as_str().is_some_and(|found| found.contains(word)))
    }

    /// Whether rows of a table are sorted. What was picked from it (a CTE), or bounded by a LIMIT of its own, may be.
    pub fn sorts(&self) -> bool {
        self.nodes()
            .into_iter()
            .filter(|node| node["Node Type"].as_str().is_some_and(|kind| kind.contains("Sort")))
            .any(|sort| {
                let mut open = vec![sort];
                while let Some(node) = open.pop() {
                    if node["Relation Name"].is_string() {
                        return true;
                    }
                    if node["Node Type"] == "Limit" {
                        continue;
                    }
                    let below = node["Plans"].as_array().into_iter().flatten();
                    open.extend(below.filter(|node| node["Parent Relationship"] != "InitPlan"));
                }
                false
            })
    }

    /// The indexes that are read.
    pub fn indexes(&self) -> Vec<&str> {
        self.nodes().iter().filter_map(|node| node["Index Name"].as_str()).collect()
    }

    /// What the nodes say under a key: `Index Cond`, `Filter`.
    pub fn texts(&self, key: &str) -> String {
        self.nodes().iter().filter_map(|node| node[key].as_str()).collect::<Vec<_>>().join(" ")
    }
}
