use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
pub enum Tone { Low, #[enumeration(renamed_from = "high")] Top }
#[derive(Debug, Table)]
pub struct Item { pub id: Uuid, pub tone: Tone, pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }
