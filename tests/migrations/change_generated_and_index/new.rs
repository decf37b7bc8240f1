//! The index is built over what the server computes then.

use tablewright::prelude::*;

#[derive(Table)]
#[index(doubled, number)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(generated = "number * 3")]
    pub doubled: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
