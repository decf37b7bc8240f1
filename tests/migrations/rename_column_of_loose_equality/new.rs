//! To the server 0 is -0, and to a program another value: the two columns are compared byte by byte.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(numeric(12, 2), renamed_from = "price")]
    pub cost: Decimal,
    #[column(renamed_from = "weight")]
    pub mass: f64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
