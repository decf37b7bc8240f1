use tablewright::prelude::*;

#[derive(Debug, Table)]
#[check("total_price < 1000")]
pub struct Line { pub id: Uuid, pub code: String, #[column(numeric(10, 2))] pub price: Decimal, pub quantity: i64,
 /// What it costs.
 #[column(generated = "price * quantity * 2", numeric(12, 2))] pub total_price: Decimal,
 pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }
