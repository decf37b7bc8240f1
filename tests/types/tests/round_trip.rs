//! What goes into a column of each type comes out again, by one row and by many.

#[path = "round_trip/boundaries.rs"]
mod boundaries;

use sqlx::postgres::types::{PgInterval, PgRange};
use sqlx::types::time;
use sqlx::{Executor as _, PgPool, raw_sql};
use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration, PartialEq)]
enum Colour {
    Red,
    DeepBlue,
}

#[derive(Clone, Copy, Debug, Enumeration, PartialEq)]
#[enumeration(storage = native)]
enum Shape {
    Round,
    Square,
}

#[derive(Clone, Debug, PartialEq, SqlType)]
struct Label(String);

#[derive(Clone, Debug, PartialEq, SqlType)]
#[sql_type(type = "NUMERIC(10, 4)")]
struct Weight(Decimal);

#[derive(Clone, Debug, PartialEq, Table)]
#[table(from_row)]
struct Sample {
    id: Uuid,
    text: String,
    is_good: bool,
    #[column(small)]
    tiny: i16,
    #[column(small)]
    medium: i32,
    big: i64,
    single: f32,
    double: f64,
    #[column(numeric(12, 2))]
    exact: Decimal,
    bytes: Vec<u8>,
    chrono_at: DateTime<Utc>,
    chrono_on: NaiveDate,
    chrono_time: NaiveTime,
    time_at: OffsetDateTime,
    time_on: time::Date,
    time_time: time::Time,
    typed: Json<Vec<i64>>,
    #[column(reason = "any document")]
    document: serde_json::Value,
    network: IpNetwork,
    address: std::net::IpAddr,
    length: PgInterval,
    numbers: PgRange<i64>,
    amounts: PgRange<Decimal>,
    moments: PgRange<DateTime<Utc>>,
    days: PgRange<NaiveDate>,
    colour: Colour,
    shape: Shape,
    label: Label,
    weight: Weight,
    maybe_text: Option<String>,
    maybe_colour: Option<Colour>,
    maybe_shape: Option<Shape>,
    maybe_label: Option<Label>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn sample(number: i64) -> NewSample {
    let chrono_at = DateTime::from_timestamp(1_700_000_000 + number, 123_456_000).unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 2, 28).unwrap();
    NewSample {
        text: format!("ä {number}"),
        is_good: true,
        tiny: -7,
        medium: 1 << 20,
        big: number,
        single: 0.5,
        double: -1.25,
        exact: "12345678.90".parse().unwrap(),
        bytes: vec![0, 255, 7],
        chrono_at,
        chrono_on: day,
        chrono_time: NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).unwrap(),
        time_at: OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap(),
        time_on: time::Date::from_ordinal_date(2026, 60).unwrap(),
        time_time: time::Time::from_hms(1, 2, 3).unwrap(),
        typed: Json(vec![1, 2, 3]),
        document: serde_json::json!({ "a": [1, null] }),
        network: "10.0.0.0/8".parse().unwrap(),
        address: "2001:db8::1".parse().unwrap(),
        length: PgInterval { months: 1, days: 2, microseconds: 3 },
        numbers: (1..5).into(),
        amounts: (Decimal::ONE..Decimal::TEN).into(),
        moments: (chrono_at..).into(),
        days: (day..day.succ_opt().unwrap()).into(),
        colour: Colour::DeepBlue,
        shape: Shape::Square,
        label: Label("x".to_owned()),
        weight: Weight("1.5000".parse().unwrap()),
        optional: SampleOptional {
            maybe_text: Some("y".to_owned()),
            maybe_colour: (number > 0).then_some(Colour::Red),
            maybe_shape: (number > 0).then_some(Shape::Round),
            maybe_label: None,
            ..SampleOptional::default()
        },
    }
}

async fn database() -> (tablewright_tempdb::Database, PgPool) {
    let database = tablewright_tempdb::database();
    let pool = PgPool::connect(database.url()).await.unwrap();
    pool.execute(raw_sql("CREATE TYPE shape AS ENUM ('round', 'square')")).await.unwrap();
    pool.execute(raw_sql(Sample::CREATE_TABLE)).await.unwrap();
    (database, pool)
}

fn holds(found: &Sample, number: i64) {
    let put = sample(number);
    assert_eq!(found.text, put.text);
    assert_eq!((found.tiny, found.medium, found.big), (put.tiny, put.medium, put.big));
    assert_eq!((found.single.to_bits(), found.double.to_bits()), (put.single.to_bits(), put.double.to_bits()));
    assert_eq!((found.is_good, found.exact, &found.bytes), (put.is_good, put.exact, &put.bytes));
    assert_eq!((found.chrono_at, found.chrono_on, found.chrono_time), (put.chrono_at, put.chrono_on, put.chrono_time));
    assert_eq!((found.time_at, found.time_on, found.time_time), (put.time_at, put.time_on, put.time_time));
    assert_eq!((&found.typed, &found.document), (&put.typed, &put.document));
    assert_eq!((found.network, found.address), (put.network, put.address));
    assert_eq!((&found.length, &found.numbers), (&put.length, &put.numbers));
    assert_eq!((&found.amounts, &found.moments, &found.days), (&put.amounts, &put.moments, &put.days));
    assert_eq!((found.colour, found.shape), (put.colour, put.shape));
    assert_eq!((&found.label, &found.weight), (&put.label, &put.weight));
    assert_eq!((&found.maybe_text, found.maybe_colour), (&put.optional.maybe_text, put.optional.maybe_colour));
    assert_eq!((found.maybe_shape, &found.maybe_label), (put.optional.maybe_shape, &put.optional.maybe_label));
}

#[tokio::test]
async fn one_row() {
    let (_database, pool) = database().await;
    assert!(Sample::CREATE_TABLE.contains("weight NUMERIC(10, 4) NOT NULL"), "{}", Sample::CREATE_TABLE);
    let made = Sample::insert(&pool, sample(1)).await.unwrap();
    holds(&made, 1);
    let found = Sample::find(&pool, made.id).await.unwrap().unwrap();
    assert_eq!(found, made);
    let patch = SamplePatch {
        colour: Some(Colour::Red),
        shape: Some(Shape::Round),
        label: Some(Label("z".to_owned())),
        maybe_shape: Some(None),
        ..SamplePatch::default()
    };
    let changed = Sample::update(&pool, made.id, patch).await.unwrap().unwrap();
    assert_eq!((changed.colour, changed.shape, changed.maybe_shape), (Colour::Red, Shape::Round, None));
    assert_eq!((changed.label, changed.big, changed.maybe_colour), (Label("z".to_owned()), 1, Some(Colour::Red)));
}

#[tokio::test]
async fn many_rows() {
    let (_database, pool) = database().await;
    let rows: Vec<NewSample> = (0..100).map(sample).collect();
    let mut made = Sample::insert_many_returning(&pool, &rows).await.unwrap();
    made.sort_by_key(|row| row.big);
    assert_eq!(made.len(), 100);
    for (row, number) in made.iter().zip(0..) {
        holds(row, number);
    }
}

#[tokio::test]
async fn a_value_that_no_variant_has_is_an_error() {
    let (_database, pool) = database().await;
    let made = Sample::insert(&pool, sample(1)).await.unwrap();
    pool.execute(raw_sql(
        "ALTER TABLE samples DROP CONSTRAINT samples_colour_check; UPDATE samples SET colour = 'grey'",
    ))
    .await
    .unwrap();
    let error = Sample::find(&pool, made.id).await.unwrap_err().to_string();
    assert!(error.contains("`grey` is not a value of Colour: red, deep_blue"), "{error}");
}

/// `#[table(from_row)]`: a row of any statement, by the names of its columns.
#[tokio::test]
async fn a_row_is_read_by_the_names_of_its_columns() {
    let (_database, pool) = database().await;
    let made = Sample::insert(&pool, sample(1)).await.unwrap();
    let backwards: Vec<&str> = Sample::COLUMNS.iter().rev().copied().collect();
    let select = |columns: &str| sqlx::AssertSqlSafe(format!("SELECT {columns} FROM samples"));

    // In another order, and one that is no field.
    let columns = format!("{}, 7 AS seven, {}", backwards[..9].join(", "), backwards[9..].join(", "));
    let found: Sample = sqlx::query_as(select(&columns)).fetch_one(&pool).await.unwrap();
    assert_eq!(found, made);
    let every: Vec<Sample> = sqlx::query_as(select("*")).fetch_all(&pool).await.unwrap();
    assert_eq!(every, [made]);

    for missing in ["colour", "id", "updated_at", "maybe_label"] {
        let rest: Vec<&str> = backwards.iter().copied().filter(|column| *column != missing).collect();
        let failed = sqlx::query_as::<_, Sample>(select(&rest.join(", "))).fetch_one(&pool).await;
        assert!(matches!(&failed, Err(sqlx::Error::ColumnNotFound(name)) if name == missing), "{missing}: {failed:?}");
    }
    let nothing = select(&backwards.join(", ").replace("exact", "NULL::numeric AS exact"));
    let failed = sqlx::query_as::<_, Sample>(nothing).fetch_one(&pool).await;
    assert!(matches!(&failed, Err(sqlx::Error::ColumnDecode { index, .. }) if index == "\"exact\""), "{failed:?}");
}

#[test]
fn the_columns_are_a_constant_in_the_order_of_the_fields() {
    const FIRST: &str = Sample::COLUMNS[0];
    assert_eq!((FIRST, Sample::COLUMNS[1], Sample::COLUMNS.len()), ("id", "text", 35));
    // A type with a modifier is sent as the bare one, so that a plan survives when it widens.
    let sent: Vec<&str> =
        Sample::COLUMNS.iter().map(|column| if *column == "exact" { "exact::NUMERIC" } else { *column }).collect();
    assert_eq!(Sample::FIND, format!("SELECT {} FROM samples WHERE id = $1", sent.join(", ")));
}
