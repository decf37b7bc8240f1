use tablewright::prelude::*;

#[derive(Table)]
#[table(storage(fillfactor = 80, toast_tuple_target = 256, vacuum_truncate = false))]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
