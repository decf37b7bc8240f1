//! With the feature `tracing`, each call runs in a span of its name, which contains what sqlx logs of its statement.
#![allow(clippy::default_trait_access, reason = "this is how a program writes it")]

use std::cell::RefCell;
use std::fmt::{Debug, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tablewright::prelude::*;
use tablewright::sqlx::postgres::PgPool;
use tablewright::sqlx::{self, Executor as _};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// A reading of a meter.
#[derive(Debug, Clone, PartialEq, Table)]
#[index(meter, id)]
#[query(of_meter(meter), order(id), page)]
#[query(highest(meter), order(id desc), optional)]
#[query(forget(meter), delete, batch(2))]
struct Reading {
    id: Uuid,
    #[column(unique)]
    serial: String,
    meter: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

thread_local! {
    static WITHIN: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// Writes down the name of each span, and each statement that sqlx logs with the span that it is in.
#[derive(Default)]
struct Notes {
    next: AtomicU64,
    spans: Mutex<Vec<(u64, String)>>,
    statements: Mutex<Vec<String>>,
}

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }
}

#[derive(Default)]
struct Text(String);

#[derive(Clone)]
struct Collect(&'static Notes);

impl Subscriber for Collect {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        ["tablewright", "sqlx::query"].contains(&metadata.target())
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let (id, mut text) = (self.0.next.fetch_add(1, Ordering::Relaxed) + 1, Text::default());
        span.record(&mut text);
        self.0.spans.lock().unwrap().push((id, text.0));
        Id::from_u64(id)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        let within = WITHIN.with_borrow(|within| within.last().copied());
        let spans = self.0.spans.lock().unwrap();
        let span = spans.iter().find(|(id, _)| Some(*id) == within).map_or("no span", |(_, name)| name);
        self.0.statements.lock().unwrap().push(format!("{span}| {}", text.0));
    }

    fn enter(&self, id: &Id) {
        WITHIN.with_borrow_mut(|within| within.push(id.into_u64()));
    }

    fn exit(&self, _: &Id) {
        WITHIN.with_borrow_mut(|within| {
            within.pop();
        });
    }
}

fn new(serial: &str) -> NewReading {
    NewReading { serial: serial.to_owned(), meter: "m".to_owned(), optional: Default::default() }
}

#[tokio::test]
async fn each_call_has_its_name() {
    let database = tablewright_tempdb::database();
    let pool = PgPool::connect(database.url()).await.unwrap();
    for statement in [Reading::CREATE_TABLE, Reading::CREATE_INDEXES] {
        pool.execute(sqlx::raw_sql(statement)).await.unwrap();
    }
    let notes: &'static Notes = Box::leak(Box::default());
    let collecting = tracing::subscriber::set_default(Collect(notes));
    let first = Reading::insert(&pool, new("1")).await.unwrap();
    Reading::insert_many(&pool, &[new("2"), new("3"), new("4")]).await.unwrap();
    Reading::find(&pool, first.id).await.unwrap();
    Reading::find_many(&pool, &[first.id]).await.unwrap();
    Reading::find_by_serial(&pool, "2").await.unwrap();
    Reading::upsert_by_serial(&pool, new("2")).await.unwrap();
    Reading::upsert_many_by_serial(&pool, &[new("3")]).await.unwrap();
    Reading::update_if_unchanged(&pool, &first, ReadingPatch::default()).await.unwrap();
    Reading::of_meter(&pool, "m", PageRequest::first(2)).await.unwrap();
    Reading::highest(&pool, "m").await.unwrap();
    Reading::delete(&pool, first.id).await.unwrap();
    Reading::forget("m").run(&mut pool.acquire().await.unwrap(), |_| ()).await.unwrap();
    drop(collecting);

    let statements = notes.statements.lock().unwrap();
    let named: Vec<&str> = statements
        .iter()
        .filter_map(|statement| statement.split_once("otel.name=readings.")?.1.split_once(' ').map(|(name, _)| name))
        .collect();
    let expected = [
        "insert",
        "insert_many",
        "find",
        "find_many",
        "find_by_serial",
        "upsert_by_serial",
        "upsert_many_by_serial",
        "upsert_many_by_serial",
        "upsert_many_by_serial", // COMMIT; sqlx does not log BEGIN
        "update_if_unchanged",
        "of_meter",
        "highest",
        "delete",
        "forget",
        "forget",
        "forget",
    ];
    assert_eq!(named, expected, "{statements:#?}");
    let page = statements.iter().find(|statement| statement.contains("of_meter")).unwrap();
    assert!(page.contains("db.collection.name=\"readings\" db.operation.name=\"of_meter\""), "{page}");
    assert!(page.contains("SELECT id, serial, meter"), "{page}");
}
