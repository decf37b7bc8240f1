//! Where a table declares its queries, each of its B-tree indexes serves one of them, a foreign key, or a helper.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
#[index(kind, seen_at desc, id desc)]
#[index(seen_at, kind)]
#[query(recent_of_kind(kind), order(seen_at desc), page)]
#[table(allow(index_order, reason = "as the report asks"))]
struct Event {
    id: Uuid,
    kind: Kind,
    seen_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
enum Kind {
    Call,
    Visit,
}

fn main() {}
