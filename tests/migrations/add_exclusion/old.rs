use tablewright::prelude::*;

#[derive(Table)]
pub struct Booking {
    pub id: Uuid,
    pub room: String,
    pub booked_during: PgRange<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
