use tablewright::prelude::*;

#[derive(Table)]
#[trigger("AFTER UPDATE OF name", function = "count_order", body = "BEGIN UPDATE counts SET n = n + 1; RETURN NULL; END")]
pub struct Order {
    pub id: i64,
    pub number: i64,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
