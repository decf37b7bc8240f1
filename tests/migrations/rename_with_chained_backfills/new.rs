//! A column is renamed, another is computed from it, and a third one from that.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Item {
    pub id: Uuid,
    #[column(renamed_from = "name")]
    pub title: String,
    #[column(backfill = "slug || '!'")]
    pub anchor: String,
    #[column(backfill = "lower(title)")]
    pub slug: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
