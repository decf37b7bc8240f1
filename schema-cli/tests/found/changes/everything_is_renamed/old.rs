use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
pub enum Tone { Low, High }
#[derive(Debug, Table)]
#[index(tone, created_at, where = "archived_at IS NULL")]
#[unique(shop_code, slug)]
#[check("archived_at IS NULL OR archived_at > created_at")]
pub struct Item {
    pub id: Uuid,
    pub shop_code: String,
    pub slug: String,
    pub tone: Tone,
    pub old_note: Option<String>,
    #[column(small)]
    pub weight: i32,
    #[references(Item, on_delete = set_null)]
    pub parent_id: Option<Uuid>,
    pub archived_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
