use tablewright::prelude::*;

/// It's 100% "mine" \ and 'ours' — ünï; $$ -- /* x */
#[derive(Debug, Table)]
#[index(holder_name, created_at, where = "archived_at IS NULL AND holder_name <> 'it''s'")]
#[index("lower(holder_name)")]
#[unique(holder_name, code)]
#[check("holder_name <> '%' AND holder_name !~ '[''\"\\\\]' AND holder_name <> 'ünï$$;--'")]
pub struct Asset {
    pub id: Uuid,
    /// The owner's name: 'x', "y", 50%.
    #[column(renamed_from = "owner_name")]
    pub holder_name: String,
    pub code: String,


    pub archived_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
