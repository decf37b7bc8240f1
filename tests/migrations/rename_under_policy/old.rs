use tablewright::prelude::*;

#[derive(Table)]
#[policy(own_region, using = "region = current_setting('app.region', true)")]
#[policy(no_zero, restrictive, with_check = "number <> 0", command = insert)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub region: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
