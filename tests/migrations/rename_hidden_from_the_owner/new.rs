//! A policy would hide rows from whoever renames the column.

use tablewright::prelude::*;

#[derive(Table)]
#[policy(own_rows, using = "number = nullif(current_setting('app.number', true), '')::BIGINT")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "memo")]
    pub remark: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
