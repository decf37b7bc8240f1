//! A parameter where only constants and columns are known.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Table)]
#[check("pages > $1")]
struct Book {
    id: Uuid,
    pages: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
