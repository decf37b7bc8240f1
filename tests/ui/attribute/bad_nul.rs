//! No text and no name of the server has a NUL character.
#![allow(dead_code)]
use tablewright::prelude::*;

#[doc = "An order\0."]
#[derive(Table)]
#[check("label <> 'a\0'", name = "orders_\0_check")]
struct Order {
    id: Uuid,
    label: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
#[enumeration(storage = native)]
enum Kind {
    #[enumeration(value = "a\0")]
    A,
}

fn main() {}
