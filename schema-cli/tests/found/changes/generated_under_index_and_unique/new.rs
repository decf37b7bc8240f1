use tablewright::prelude::*;

#[derive(Debug, Table)]
#[index(total_price)]
#[unique(code, upper_code)]
pub struct Line { pub id: Uuid, pub code: String, #[column(numeric(10, 2))] pub price: Decimal, pub quantity: i64,
 #[column(generated = "price * quantity * 1.2", numeric(12, 2))] pub total_price: Decimal, #[column(generated = "upper(code) || '$$%'")] pub upper_code: String,
 pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }
