use tablewright::prelude::*;

#[derive(Table)]
#[index(number, where = "code <> ''")]
#[index("lower(code)", include(note))]
#[unique(number, where = "note IS NOT NULL")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub note: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
