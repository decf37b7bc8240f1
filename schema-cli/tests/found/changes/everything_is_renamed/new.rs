use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
pub enum Tone { Low, Mid, #[enumeration(renamed_from = "high")] Top }
#[derive(Debug, Table)]
#[table(renamed_from = "items", soft_delete)]
#[index(tone, created_at desc, where = "closed_at IS NULL")]
#[unique(shop_code, slug)]
#[check("closed_at IS NULL OR closed_at >= created_at")]
pub struct Good {
    pub id: Uuid,
    pub shop_code: String,
    #[column(type = "VARCHAR(80)", allow(text, reason = "x"))]
    pub slug: String,
    pub tone: Tone,
    #[column(backfill = "weight * 2")]
    pub heft: i64,
    pub weight: i64,
    #[references(Good, on_delete = restrict)]
    pub parent_id: Option<Uuid>,
    #[column(renamed_from = "archived_at")]
    pub closed_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}
