//! Names are cut to 63 bytes, and stay apart.

use tablewright::prelude::*;

#[derive(Table)]
#[index(a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(check = "a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb > 0", renamed_from = "a_column_whose_name_is_as_long_as_the_server_takes_it_63_ba")]
    pub a_column_whose_name_is_as_long_as_the_server_takes_it_63_bb: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
