use tablewright::prelude::*;

#[derive(Table)]
#[table(renamed_from = "orders")]
#[check("number > 0", name = "purchases_number_check")]
pub struct Purchase {
    pub id: Uuid,
    #[column(unique)]
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
