//! One is set, one is reset, one stays.

use tablewright::prelude::*;

#[derive(Table)]
#[table(storage(fillfactor = 70, autovacuum_enabled = false, vacuum_truncate = false))]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
