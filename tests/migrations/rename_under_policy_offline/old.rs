use tablewright::prelude::*;

#[derive(Table)]
#[policy(own_region, using = "region = current_setting('app.region', true)")]
#[trigger("BEFORE UPDATE OF region", function = "keep_region", body = "BEGIN RETURN NEW; END")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    /// It's "quoted".
    pub region: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
