//! Two tables take each other's name.

use tablewright::prelude::*;

#[derive(Table)]
#[table(renamed_from = "posts")]
pub struct Draft {
    pub id: Uuid,
    pub title: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(renamed_from = "drafts")]
pub struct Post {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
