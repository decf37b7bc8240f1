use tablewright::prelude::*;

#[derive(Table)]
#[exclude(room with "=", number with "=", where = "room <> ''")]
pub struct Booking {
    pub id: Uuid,
    #[column(type = "VARCHAR(20)", allow(text, reason = "the length is the other system's"))]
    pub room: String,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
