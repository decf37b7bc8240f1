#![allow(dead_code, unused_variables)]

mod user {
    use tablewright::prelude::*;

    #[derive(Table)]
    pub struct User {
        pub id: Uuid,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
    }
}
use user::User;

/*model*/

async fn calls(
    pool: sqlx::PgPool,
    user_id: Uuid,
    id: Uuid,
    rows: Vec<NewOrder>,
    [new, newer, again]: [NewOrder; 3],
) -> Result<(), Box<dyn std::error::Error>> {
    /*calls*/
    Ok(())
}

fn main() {
    println!("{}\n\n{}", Order::CREATE_TABLE, Order::CREATE_INDEXES);
}
