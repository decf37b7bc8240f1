use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(
        type = "VARCHAR(20)",
        check = "status IN ('open', 'paid')",
        default = "'open'",
        allow(text, reason = "the length is the other system's")
    )]
    pub status: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
