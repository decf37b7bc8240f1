//! Another method.

use tablewright::prelude::*;

#[derive(Table)]
#[index(labels, using = gin)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub labels: Json<Labels>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
