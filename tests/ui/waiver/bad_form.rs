#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Table)]
#[table(allow(table_name), allow("table_name", reason = "x"), allow(table_name, because = "x"))]
#[table(allow(table_name, reason = ""))]
struct Order {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
