use tablewright::prelude::*;

#[derive(Table)]
#[table(unlogged, storage(fillfactor = 80))]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
