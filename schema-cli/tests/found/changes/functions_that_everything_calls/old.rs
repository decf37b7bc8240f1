use tablewright::prelude::*;

#[derive(Debug, Table)]
#[index("norm(label)")]
#[check("norm(label) <> ''")]
pub struct Asset {
    pub id: Uuid,
    pub label: String,
    #[column(default = "norm('X')")]
    pub code: String,
    #[column(generated = "norm(label)")]
    pub norm_label: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
