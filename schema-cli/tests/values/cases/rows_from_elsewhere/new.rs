use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: i64,
    pub number: i64,
    #[column(renamed_from = "memo")]
    pub remark: Option<String>,
    #[column(backfill = "number * 2")]
    pub doubled: Option<i64>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
