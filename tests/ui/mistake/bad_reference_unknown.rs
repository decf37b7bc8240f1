//! A model that does not exist, in a reference whose field says the same.
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
    #[references(Usr, on_delete = restrict)]
    usr_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
