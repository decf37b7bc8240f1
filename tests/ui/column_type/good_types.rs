//! Schemas, quotes and arrays are parts of a type.
#![allow(dead_code, unused_imports)]
use tablewright::prelude::*;

#[derive(Table)]
struct Booking {
    id: Uuid,
    #[column(type = "public.\"Label\"")]
    label: String,
    #[column(type = "CITEXT[]")]
    names: Vec<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
