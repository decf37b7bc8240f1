use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
#[enumeration(storage = native)]
pub enum Source { One, Two, #[enumeration(value = "a/b")] Three, #[enumeration(value = "c/d")] Four }
#[derive(Debug, Table)]
pub struct Doc {
    pub id: Uuid,
    pub source: Source,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
