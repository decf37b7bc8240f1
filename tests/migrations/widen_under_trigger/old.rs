use tablewright::prelude::*;

#[derive(Table)]
#[trigger("BEFORE UPDATE OF code", function = "keep_code", body = "BEGIN RETURN NEW; END")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(type = "VARCHAR(20)", allow(text, reason = "the length is the other system's"))]
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
