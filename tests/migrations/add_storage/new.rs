//! Nothing is written, and nobody waits.

use tablewright::prelude::*;

#[derive(Table)]
#[table(storage(fillfactor = 80, autovacuum_vacuum_scale_factor = "0.02"))]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
