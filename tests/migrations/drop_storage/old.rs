use tablewright::prelude::*;

#[derive(Table)]
#[table(storage(fillfactor = 80, vacuum_index_cleanup = off))]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
