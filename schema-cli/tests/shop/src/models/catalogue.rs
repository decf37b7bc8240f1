use tablewright::prelude::*;

/// A thing that is sold.
#[derive(Table)]
#[index(attributes ops("jsonb_path_ops"), using = gin)]
pub struct Product {
    pub id: Uuid,
    #[column(unique, check = "sku ~ '^[A-Z0-9-]+$'")]
    pub sku: String,
    pub title: String,
    #[column(numeric(12, 2), check = "price >= 0")]
    pub price: Decimal,
    #[column(default = "0", check = "stock_count >= 0")]
    pub stock_count: i64,
    pub attributes: Json<Attributes>,
    pub tags: Vec<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

pub struct Attributes {
    pub colour: Option<String>,
}
