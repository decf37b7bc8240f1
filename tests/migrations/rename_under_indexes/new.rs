//! Indexes with a predicate, an expression and included columns.

use tablewright::prelude::*;

#[derive(Table)]
#[index(number, where = "label <> ''")]
#[index("lower(label)", include(remark))]
#[unique(number, where = "remark IS NOT NULL")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "code")]
    pub label: String,
    #[column(renamed_from = "note")]
    pub remark: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
