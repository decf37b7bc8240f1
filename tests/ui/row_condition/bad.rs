//! The condition of a policy or of a trigger is true or false, and names columns that are there: a policy's those of the row, a trigger's those of `NEW` and `OLD`.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
#[policy(own_rows, using = "owner = current_user")]
struct Document {
    id: Uuid,
    owner_name: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
