#![allow(dead_code)]
use tablewright::prelude::*;

type Text = String;
type Moment = DateTime<Utc>;

mod shadow {
    #[allow(non_camel_case_types)]
    pub type i64 = bool;
}
use shadow::i64;

#[derive(Table)]
struct Account {
    id: Uuid,
    // The name of an alias says nothing about its type: the compiler is asked, and finds TEXT.
    label: Text,
    seen_at: Option<Moment>,
    visits: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
