//! One that permits more, and one less that restricts: the old release sees all that it saw.

use tablewright::prelude::*;

#[derive(Table)]
#[policy(own_region, using = "region = current_setting('app.region', true)")]
#[policy(readers, command = select, using = "true", to(current_user))]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub region: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
