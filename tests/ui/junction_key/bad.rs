//! A junction table's primary key is its foreign keys, and each direction has an index.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
#[table(junction, primary_key(id))]
struct UserRole {
    id: Uuid,
    #[references(User, on_delete = cascade)]
    user_id: Uuid,
    #[references(Role, on_delete = cascade)]
    role_id: Uuid,
    created_at: DateTime<Utc>,
}

#[derive(Table)]
struct Role {
    id: Uuid,
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
