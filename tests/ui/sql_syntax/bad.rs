#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Table)]
#[check("total >= ")]
#[check("total >= 0) OR (1 = 1")]
#[index(id, where = "total > 0; DROP TABLE orders")]
#[index("lower(")]
struct Order {
    id: Uuid,
    #[column(default = "it's")]
    label: String,
    #[column(check = "total = $1")]
    total: i64,
    #[column(generated = "total * 2 -- twice")]
    twice: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
