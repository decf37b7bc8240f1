//! On a new table.

use tablewright::prelude::*;

#[derive(Table)]
pub struct User {
    pub id: Uuid,
    #[column(pii)]
    pub email: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[exclude(room with "=", booked_during with "&&")]
pub struct Booking {
    pub id: Uuid,
    pub room: String,
    pub booked_during: PgRange<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
