use tablewright::prelude::*;

#[derive(Table)]
#[trigger("AFTER UPDATE OF name", function = "log_order", body = "BEGIN RETURN NULL; END")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
