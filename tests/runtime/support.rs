//! A database for each test, and rows to begin with.

use tablewright::prelude::*;
use tablewright::sqlx::postgres::{PgPool, PgPoolOptions};
use tablewright::sqlx::{Executor as _, raw_sql};

use super::more::{CREATE_EVENT_KIND, Note, OrderEvent, OrderTag};
use super::order::{Address, NewOrder, Order, OrderOptional, OrderStatus};
use super::payment::{Payment, Reading};
use super::user::{NewUser, User};

/// A pool on a database of its own that has every table of the tests. The database is dropped with its handle.
pub async fn database() -> (tablewright_tempdb::Database, PgPool) {
    let database = tablewright_tempdb::database();
    let pool = PgPoolOptions::new().max_connections(4).connect(database.url()).await.unwrap();
    for statement in [
        CREATE_EVENT_KIND,
        User::CREATE_TABLE,
        Order::CREATE_TABLE,
        Order::CREATE_INDEXES,
        Order::COMMENTS,
        OrderTag::CREATE_TABLE,
        OrderTag::CREATE_INDEXES,
        OrderEvent::CREATE_TABLE,
        OrderEvent::CREATE_INDEXES,
        Note::CREATE_TABLE,
        Payment::CREATE_TABLE,
        Payment::CREATE_INDEXES,
        Reading::CREATE_TABLE,
    ] {
        pool.execute(raw_sql(statement)).await.unwrap();
    }
    (database, pool)
}

pub async fn user(pool: &PgPool, email: &str) -> User {
    let new = NewUser { email: email.to_owned(), optional: Default::default() };
    User::insert(pool, new).await.unwrap()
}

/// An order that leaves out whatever it can.
pub fn new_order(user: &User, number: &str) -> NewOrder {
    NewOrder {
        order_number: number.to_owned(),
        user_id: user.id,
        status: OrderStatus::Pending,
        total_amount: "12.50".parse().unwrap(),
        shipping_address: Json(Address { street: "Main St 1".into(), city: "Älmhult".into() }),
        optional: OrderOptional::default(),
    }
}

pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
}
