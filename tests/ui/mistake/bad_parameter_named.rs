//! A named parameter in the predicate of an index.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Table)]
#[index(pages, where = "pages > :least")]
struct Book {
    id: Uuid,
    pages: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
