#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Table)]
#[table(allow(no_such_rule, reason = "x"), allow(table_nam, reason = "x"))]
#[table(allow(unknown_column, reason = "x"), allow(standard_columns, reason = "never needed"))]
struct Order {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
