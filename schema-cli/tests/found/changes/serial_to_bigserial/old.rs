use tablewright::prelude::*;

#[derive(Debug, Table)]
pub struct Asset {
    #[column(type = "SERIAL", allow(primary_key, reason = "as imported"))]
    pub id: i32,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
