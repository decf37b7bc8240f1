use tablewright::prelude::*;

#[derive(Table)]
#[table(primary_key(region, id))]
pub struct Order {
    pub id: Uuid,
    #[column(small)]
    pub region: i32,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
