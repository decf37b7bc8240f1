//! A name of the database has 1 to 63 bytes, whatever it names: tables, columns, keys, indexes, partitions, triggers, functions, policies, roles, collations and operator classes.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Payment {
    id: Uuid,
    the_reference_that_the_provider_of_the_payment_gave_to_the_payer: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
