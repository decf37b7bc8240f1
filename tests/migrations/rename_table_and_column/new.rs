//! The view of the old name has the old column.

use tablewright::prelude::*;

#[derive(Table)]
#[table(renamed_from = "orders")]
pub struct Purchase {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "note")]
    pub remark: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
