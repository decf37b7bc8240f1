//! What the server holds and no Rust type does is an error of its column, for moments and ranges: never a panic, and never
//! another value.

use sqlx::postgres::types::PgRange;
use sqlx::types::time;
use sqlx::{AssertSqlSafe, Executor as _, PgPool, raw_sql};
use tablewright::prelude::*;

#[derive(Clone, Debug, PartialEq, SqlType)]
struct Start(DateTime<Utc>);

#[derive(Clone, Debug, PartialEq, Table)]
#[table(from_row)]
struct Moment {
    id: Uuid,
    chrono_at: Option<DateTime<Utc>>,
    chrono_on: Option<NaiveDate>,
    chrono_time: Option<NaiveTime>,
    time_at: Option<OffsetDateTime>,
    time_on: Option<time::Date>,
    time_time: Option<time::Time>,
    start_at: Option<Start>,
    #[column(reason = "a list of moments")]
    chrono_list: Option<Vec<DateTime<Utc>>>,
    #[column(reason = "a list of days")]
    time_list: Option<Vec<time::Date>>,
    chrono_moments: Option<PgRange<DateTime<Utc>>>,
    chrono_days: Option<PgRange<NaiveDate>>,
    time_moments: Option<PgRange<OffsetDateTime>>,
    time_days: Option<PgRange<time::Date>>,
    numbers: Option<PgRange<i64>>,
    amounts: Option<PgRange<Decimal>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

const INSTANTS: [&str; 12] = [
    "infinity",
    "-infinity",
    "4713-01-01 00:00:00 BC",
    "294276-12-31 23:59:59.999999",
    "262142-12-31 23:59:59.999999",
    "262143-01-01 00:00:00",
    "9999-12-31 23:59:59.999999",
    "10000-01-01 00:00:00",
    "0001-01-01 00:00:00 BC",
    "1999-12-31 23:59:59.999999",
    "2000-01-01 00:00:00",
    "epoch",
];
const DAYS: [&str; 9] = [
    "infinity",
    "-infinity",
    "4713-01-01 BC",
    "5874897-12-31",
    "262142-12-31",
    "262143-01-01",
    "9999-12-31",
    "10000-01-01",
    "2000-01-01",
];
const TIMES: [&str; 3] = ["00:00:00", "23:59:59.999999", "24:00:00"];

/// Every boundary of a column's type, as SQL.
fn boundaries(sql_type: &str) -> Vec<String> {
    let range = |of: &str, list: &[&str]| -> Vec<String> {
        list.iter()
            .flat_map(|value| [format!("{of}(NULL, '{value}')"), format!("{of}('{value}', NULL)")])
            .chain([format!("'empty'::{of}")])
            .collect()
    };
    let plain = |of: &str, list: &[&str]| list.iter().map(|value| format!("'{value}'::{of}")).collect();
    match sql_type {
        "TIMESTAMPTZ" => plain("timestamptz", &INSTANTS),
        "DATE" => plain("date", &DAYS),
        "TIME" => plain("time", &TIMES),
        "TIMESTAMPTZ[]" => INSTANTS.iter().map(|it| format!("ARRAY['epoch', '{it}']::timestamptz[]")).collect(),
        "DATE[]" => DAYS.iter().map(|it| format!("ARRAY['2000-01-01', '{it}']::date[]")).collect(),
        "TSTZRANGE" => range("tstzrange", &INSTANTS),
        "DATERANGE" => range("daterange", &DAYS),
        "INT8RANGE" => range("int8range", &["-9223372036854775808", "0", "9223372036854775807"]),
        "NUMRANGE" => range("numrange", &["0", "-1.50", "NaN", "infinity", "1e40"]),
        other => panic!("no boundaries of {other}"),
    }
}

async fn stored(pool: &PgPool, sql_type: &str, column: &str, value: &str) -> Option<String> {
    pool.execute(raw_sql(AssertSqlSafe(format!("UPDATE moments SET {column} = {value}")))).await.ok()?;
    let text = format!("SELECT {column}::text FROM moments -- {sql_type}");
    Some(sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(pool).await.unwrap())
}

/// A patch of everything that was read.
fn again(row: Moment) -> MomentPatch {
    MomentPatch {
        chrono_at: Some(row.chrono_at),
        chrono_on: Some(row.chrono_on),
        chrono_time: Some(row.chrono_time),
        time_at: Some(row.time_at),
        time_on: Some(row.time_on),
        time_time: Some(row.time_time),
        start_at: Some(row.start_at),
        chrono_list: Some(row.chrono_list),
        time_list: Some(row.time_list),
        chrono_moments: Some(row.chrono_moments),
        chrono_days: Some(row.chrono_days),
        time_moments: Some(row.time_moments),
        time_days: Some(row.time_days),
        numbers: Some(row.numbers),
        amounts: Some(row.amounts),
    }
}

#[tokio::test]
async fn what_no_rust_type_holds_is_an_error_of_its_column() {
    let database = tablewright_tempdb::database();
    let pool = PgPool::connect(database.url()).await.unwrap();
    pool.execute(raw_sql(Moment::CREATE_TABLE)).await.unwrap();
    let made = Moment::insert(&pool, NewMoment { optional: MomentOptional::default() }).await.unwrap();
    let of = "SELECT attname::text, upper(replace(replace(format_type(atttypid, NULL), 'timestamp with time zone', \
              'timestamptz'), 'time without time zone', 'time')) FROM pg_attribute WHERE attrelid = 'moments'::regclass \
              AND attnum > 1 AND attname NOT IN ('created_at', 'updated_at')";
    let columns: Vec<(String, String)> = sqlx::query_as(of).fetch_all(&pool).await.unwrap();
    assert_eq!(columns.len(), 15);
    let (mut held, mut refused) = (0, 0);
    for (column, sql_type) in &columns {
        for value in boundaries(sql_type) {
            let Some(text) = stored(&pool, sql_type, column, &value).await else { continue };
            let db = pool.clone();
            let id = made.id;
            // A panic would be an error of the task.
            let read = tokio::spawn(async move { Moment::find(&db, id).await }).await.unwrap();
            let by_name = sqlx::query_as::<_, Moment>("SELECT * FROM moments").fetch_one(&pool).await;
            assert_eq!(read.is_ok(), by_name.is_ok(), "{column} = {text}");
            match read {
                Ok(row) => {
                    // Written again, what was read is what was there.
                    Moment::update(&pool, made.id, again(row.unwrap())).await.unwrap();
                    let now = format!("SELECT {column}::text FROM moments");
                    let now: String = sqlx::query_scalar(AssertSqlSafe(now)).fetch_one(&pool).await.unwrap();
                    assert_eq!(now, text, "{column}");
                    held += 1;
                }
                Err(error) => {
                    let error = error.to_string();
                    assert!(error.contains(&format!("\"{column}\"")), "{column} = {text}: {error}");
                    refused += 1;
                }
            }
        }
        pool.execute(raw_sql(AssertSqlSafe(format!("UPDATE moments SET {column} = NULL")))).await.unwrap();
    }
    assert!(held > 50 && refused > 50, "{held} were held, {refused} refused");
}
