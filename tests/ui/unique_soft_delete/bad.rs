//! A unique key of a soft-deleted table covers live rows only.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
#[table(soft_delete)]
#[unique(email, include_deleted)]
struct User {
    id: Uuid,
    #[column(pii)]
    email: String,
    deleted_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
