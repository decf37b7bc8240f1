use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
pub enum Tone { Low, High }
#[derive(Debug, Table)]
#[index(created_at, where = "tone = 'high'")]
pub struct Item { pub id: Uuid, #[column(default = "'high'")] pub tone: Tone, pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }
