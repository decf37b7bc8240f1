//! The server follows the name in policies, triggers and comments.

use tablewright::prelude::*;

#[derive(Table)]
#[policy(own_region, using = "area = current_setting('app.region', true)")]
#[trigger("BEFORE UPDATE OF area", function = "keep_region", body = "BEGIN RETURN NEW; END")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    /// It's "quoted".
    #[column(renamed_from = "region")]
    pub area: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
