use tablewright::prelude::*;

#[derive(Table)]
#[index(number)]
#[policy(own_rows, using = "number > 0")]
pub struct Purchase {
    pub id: Uuid,
    pub number: i64,
    #[column(unique)]
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
