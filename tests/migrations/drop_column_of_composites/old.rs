use tablewright::prelude::*;

#[derive(Table)]
#[index(number, code)]
#[unique(code, note)]
#[check("length(code) > 0 OR length(note) > 0")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub note: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
