#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Table)]
#[table = "orders"]
#[index(user_id ascending)]
#[index(where = "number IS NULL")]
#[unique("number")]
#[check(number)]
#[exclude(number)]
#[foreign_key(user_id, references = User(id, number), on_delete = cascade)]
struct Order {
    id: Uuid,
    #[references("User")]
    user_id: Uuid,
    #[column(unique = true, default = now, numeric = 12, identity = sometimes)]
    number: String,
    #[column(numeric(2, 12))]
    total: Decimal,
    #[column(numeric(12, 2))]
    weight: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
