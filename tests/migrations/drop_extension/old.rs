use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(type = "CITEXT")]
    pub code: Option<Citext>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
#[derive(SqlType)]
#[sql_type(type = "CITEXT")]
pub struct Citext(pub String);
