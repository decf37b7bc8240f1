//! A model that does not exist, in a reference whose field names a role.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct Order {
    id: Uuid,
    #[references(Person, on_delete = restrict)]
    buyer_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
