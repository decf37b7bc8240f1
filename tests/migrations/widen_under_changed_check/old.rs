use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(
        type = "VARCHAR(20)",
        check = "grade IN ('fine', 'worn')",
        default = "'fine'",
        allow(text, reason = "the length is the other system's"),
        allow(enum, reason = "the other system makes new ones")
    )]
    pub grade: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
