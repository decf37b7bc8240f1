//! What policies and triggers see.
#![allow(dead_code)]
use tablewright::prelude::*;

#[derive(Table)]
#[policy(own, using = "owner_nam = current_user")]
#[policy(other, using = "orders.owner_name = current_user")]
#[policy(text, using = "owner_name")]
#[trigger("BEFORE INSERT OR UPDATE", function = "f", when = "OLD.owner_name <> NEW.owner_name")]
#[trigger("AFTER UPDATE", function = "g", when = "owner_name <> ''")]
#[trigger("AFTER UPDATE", function = "h", when = "NEW.owner_name IN (SELECT 'a')")]
struct Document {
    id: Uuid,
    owner_name: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
