//! The server would keep `1::integer::bigint` for a default: it is said again, so that a database that was migrated is the
//! same as one that was made anew.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "1", check = "quantity > 0")]
    pub quantity: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
