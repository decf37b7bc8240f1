use tablewright::prelude::*;

#[derive(Table)]
#[index(a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(check = "a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba > 0")]
    pub a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
