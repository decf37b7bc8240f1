use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
pub enum Kind { A, Held }

#[derive(Table)]
pub struct Book {
    pub id: Uuid,
    pub name: String,
    pub kind: Kind,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
