//! With a `tenant` in the profile, every table has that column, NOT NULL and a foreign key, and unique keys and indexes lead with it; a foreign key between two such tables has it too.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Product {
    id: Uuid,
    #[references(Tenant, on_delete = restrict)]
    tenant_id: Uuid,
    #[column(unique)]
    sku: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct Tenant {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
