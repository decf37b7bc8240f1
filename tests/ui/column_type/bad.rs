#![allow(dead_code)]
use tablewright::prelude::*;

use std::collections::HashMap;

#[derive(Table)]
struct Event {
    id: Uuid,
    count: u32,
    label: Option<Option<String>>,
    pair: (i64, i64),
    bytes: [u8; 16],
    borrowed: &'static str,
    tags: Vec<Option<String>>,
    matrix: Vec<Vec<i64>>,
    attributes: HashMap<String, String>,
    wrapped: Box<i64>,
    #[column(type = "BIGINT")]
    number: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
