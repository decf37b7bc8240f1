use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
pub enum Tone { Low, #[enumeration(renamed_from = "high")] Top }
#[derive(Debug, Table)]
#[index(created_at, where = "tone = 'top'")]
pub struct Item { pub id: Uuid, #[column(default = "'top'")] pub tone: Tone, pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }
