use tablewright::prelude::*;

#[derive(Table)]
#[table(primary_key(region, id))]
pub struct Order {
    pub id: Uuid,
    pub region: String,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
