#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Table)]
#[table(name = "orders", name = "purchases")]
#[table(junction, append_only)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = cascade)]
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    #[column(unique)]
    #[column(unique)]
    number: String,
    #[column(name = "number")]
    label: String,
    #[column(generated = "1", identity = always)]
    position: i64,
    created_at: DateTime<Utc>,
}

fn main() {}
