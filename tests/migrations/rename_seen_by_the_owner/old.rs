use tablewright::prelude::*;

#[derive(Table)]
#[policy(own_rows, using = "number = nullif(current_setting('app.number', true), '')::BIGINT")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub memo: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
