//! Unique keys and indexes cover live rows from now on.

use tablewright::prelude::*;

#[derive(Table)]
#[table(soft_delete)]
#[index(number)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(unique)]
    pub code: String,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
