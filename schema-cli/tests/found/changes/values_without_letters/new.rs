use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
#[enumeration(storage = native)]
pub enum Source { One, Two, #[enumeration(value = "日本")] Three, #[enumeration(value = "中国")] Four }
#[derive(Debug, Table)]
pub struct Doc {
    pub id: Uuid,
    pub source: Source,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
