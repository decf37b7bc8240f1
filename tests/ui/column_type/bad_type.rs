//! A type is one type, and nothing behind it.
#![allow(dead_code, unused_imports)]
use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;

#[derive(Table)]
struct Booking {
    id: Uuid,
    #[column(type = "TSTZRANGE OR X'1F'")]
    booked_during: PgRange<DateTime<Utc>>,
    #[column(type = "nextval('s')")]
    held_during: PgRange<DateTime<Utc>>,
    #[column(type = "TEXT; DROP TABLE bookings")]
    label: String,
    #[column(type = "varchar(0)")]
    code: String,
    #[column(type = "record")]
    about: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(SqlType)]
#[sql_type(type = "CITEXT NOT NULL")]
struct Label(String);

fn main() {}
