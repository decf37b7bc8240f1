#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Table)]
#[table(soft_delte, colour = "red")]
#[indx(user_id)]
struct Order {
    #[colum(unique)]
    id: Uuid,
    #[column(uniqe)]
    number: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
