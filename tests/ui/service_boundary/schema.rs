//! A service owns its data: no foreign key crosses from one service's tables to another's (`services`).
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Invoice {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
