//! `Payment`: a number that the server gives unless the program does, a key that makes it once, and a version that counts.

use tablewright::prelude::*;

/// A payment.
#[derive(Debug, Clone, PartialEq, Table)]
#[index(payer, id)]
#[query(settle_of(payer), update(note))]
pub struct Payment {
    pub id: Uuid,
    #[column(identity = by_default, unique)]
    pub number: i64,
    #[column(unique)]
    pub idempotency_key: String,
    pub payer: String,
    #[column(numeric(12, 2), check = "amount > 0")]
    pub amount: Decimal,
    pub note: Option<String>,
    #[column(default = "0")]
    pub lock_version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A meter's readings, numbered from one on; the number may be given, and is the key.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(allow(primary_key, reason = "the readings of one place are counted"))]
pub struct Reading {
    #[column(identity = by_default)]
    pub id: i64,
    pub value: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
