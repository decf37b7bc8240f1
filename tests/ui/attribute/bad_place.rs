#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Table)]
#[column(unique)]
#[references(User, on_delete = cascade)]
struct Order {
    id: Uuid,
    #[index(number)]
    #[table(soft_delete)]
    number: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
