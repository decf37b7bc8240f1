//! What is dropped references the table under its new name, in both directions.

use tablewright::prelude::*;

#[derive(Table)]
#[table(renamed_from = "customers")]
pub struct Account {
    pub id: Uuid,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    #[column(external = "the shop's customer")]
    pub customer_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
