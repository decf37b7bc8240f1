//! A default of its own for each row rewrites the table, so it is filled in batches.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "gen_random_uuid()", external = "the shipping partner's parcel")]
    pub parcel_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
