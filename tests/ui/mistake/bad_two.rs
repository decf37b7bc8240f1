//! An attribute that cannot be read, and a rule that another field breaks.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Table)]
#[table(soft_delet)]
#[query(newest, order(created_at desc), page)]
struct Product {
    id: Uuid,
    #[column(uniqe)]
    active: bool,
    visible: bool,
    price: f64,
    deleted_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
