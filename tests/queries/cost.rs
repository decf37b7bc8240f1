//! What a page costs: the rows that it returns, wherever it begins, and not those that it skips.

use tablewright::Pages;
use tablewright::prelude::*;
use tablewright::sqlx::postgres::{PgArguments, PgPool};
use tablewright::sqlx::{self, Arguments as _, AssertSqlSafe};
use tablewright::{PageQuery, Paged};

use super::models::Job;
use super::support::database;

const LIMIT: i64 = 20;

/// The value of an order column in a row, bound where it is not NULL.
type Value = fn(&Job, &mut PgArguments) -> bool;
type List = for<'e> fn(&'e PgPool, PageRequest) -> Paged<'e, Job>;

fn time(value: Option<DateTime<Utc>>, arguments: &mut PgArguments) -> bool {
    value.is_some_and(|value| arguments.add(value).is_ok())
}

fn id(job: &Job, arguments: &mut PgArguments) -> bool {
    arguments.add(job.id).is_ok()
}

/// The columns of an order: whether it is nullable, and its value.
type Order = &'static [(bool, Value)];

/// The lists, with their orders.
const LISTS: [(List, &PageQuery, Order); 3] = [
    (
        |pool, page| Job::by_priority(pool, "a", page),
        Job::BY_PRIORITY,
        &[(false, |job, to| to.add(job.priority).is_ok()), (false, |job, to| to.add(job.run_at).is_ok()), (false, id)],
    ),
    (
        |pool, page| Job::finished(pool, "a", page),
        Job::FINISHED,
        &[(true, |job, to| time(job.finished_at, to)), (false, id)],
    ),
    (
        |pool, page| Job::twice_null(pool, "a", page),
        Job::TWICE_NULL,
        &[(true, |job, to| time(job.started_at, to)), (true, |job, to| time(job.finished_at, to)), (false, id)],
    ),
];

/// Rows that a plan's scans read, those that a filter dropped among them, and the blocks of the whole statement.
fn read(plan: &serde_json::Value) -> (f64, f64) {
    let number = |node: &serde_json::Value, key: &str| node[key].as_f64().unwrap_or(0.0);
    let (mut open, mut rows) = (vec![plan], 0.0);
    while let Some(node) = open.pop() {
        if node["Relation Name"].is_string() {
            let dropped = number(node, "Rows Removed by Filter") + number(node, "Rows Removed by Index Recheck");
            rows += (number(node, "Actual Rows") + dropped) * number(node, "Actual Loops");
        }
        open.extend(node["Plans"].as_array().into_iter().flatten());
    }
    (rows, number(plan, "Shared Hit Blocks") + number(plan, "Shared Read Blocks"))
}

#[tokio::test]
async fn a_page_reads_no_more_than_it_returns() {
    let (_database, pool) = database().await;
    // Many of each NULL, and many ties: 30,000 rows of four priorities, half of them not finished, a third not started.
    let fill = "INSERT INTO jobs (queue, priority, run_at, started_at, finished_at)
                SELECT 'a', n % 4, t, CASE WHEN n % 3 > 0 THEN t END, CASE WHEN n % 2 = 0 THEN t END
                FROM (SELECT n, now() + make_interval(mins => n / 5000) AS t FROM generate_series(1, 30000) AS n) AS r";
    sqlx::raw_sql(fill).execute(&pool).await.unwrap();
    sqlx::raw_sql("VACUUM ANALYZE jobs").execute(&pool).await.unwrap();
    let (mut asked, mut most) = (0, (0.0_f64, 0.0_f64));
    for (list, query, order) in LISTS {
        let mut edges = Vec::new();
        let mut pages = Pages::of(1000, |page| list(&pool, page));
        while let Some(page) = pages.next().await {
            let items = page.unwrap().items;
            edges.extend([items[items.len() / 3].clone(), items[items.len() - 1].clone()]);
        }
        assert_eq!(edges.len(), 60);
        for edge in &edges {
            let (mut nulls, mut bit) = (0, 1);
            for (takes_null, value) in order {
                let is_null = !value(edge, &mut PgArguments::default());
                nulls |= if is_null { bit } else { 0 };
                bit <<= usize::from(*takes_null);
            }
            for sql in [query.after[nulls], query.before[nulls]] {
                let mut arguments = PgArguments::default();
                arguments.add("a").unwrap();
                for (_, value) in order {
                    value(edge, &mut arguments);
                }
                arguments.add(LIMIT + 1).unwrap();
                let explain = AssertSqlSafe(format!("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}"));
                let plan: serde_json::Value =
                    sqlx::query_scalar_with(explain, arguments).fetch_one(&pool).await.unwrap();
                let (rows, blocks) = read(&plan[0]["Plan"]);
                // Each range of the index returns at most a page, of which the merge takes what it needs.
                assert!(rows <= 63.0 && blocks <= 150.0, "{rows} rows, {blocks} blocks\n{sql}\n{plan:#}");
                asked += 1;
                most = (most.0.max(rows), most.1.max(blocks));
            }
        }
    }
    println!("{asked} pages of {LIMIT} rows in a list of 30,000: at most {} rows and {} blocks read", most.0, most.1);
}
