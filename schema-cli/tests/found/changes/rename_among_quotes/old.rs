use tablewright::prelude::*;

/// It's 100% "mine" \ and 'ours' — ünï; $$ -- /* x */
#[derive(Debug, Table)]
#[index(owner_name, created_at, where = "archived_at IS NULL AND owner_name <> 'it''s'")]
#[index("lower(owner_name)")]
#[unique(owner_name, code)]
#[check("owner_name <> '%' AND owner_name !~ '[''\"\\\\]' AND owner_name <> 'ünï$$;--'")]
pub struct Asset {
    pub id: Uuid,
    /// The owner's name: 'x', "y", 50%.
    pub owner_name: String,
    pub code: String,


    pub archived_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
