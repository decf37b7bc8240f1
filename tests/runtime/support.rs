//! A database for each test, and rows to begin with.

use std::sync::atomic::{AtomicU32, Ordering};

use tablewright::prelude::*;
use tablewright::sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use tablewright::sqlx::{AssertSqlSafe, Executor as _, raw_sql};

use super::more::{CREATE_EVENT_KIND, Note, OrderEvent, OrderTag};
use super::order::{Address, NewOrder, Order, OrderOptional, OrderStatus};
use super::user::{NewUser, User};

/// A pool on an own, empty schema that has every table of the tests.
pub async fn database() -> PgPool {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let schema = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names the server of the tests");
    let options: PgConnectOptions = url.parse().unwrap();
    let pool = PgPoolOptions::new()
        .max_connections(4)
        .connect_with(options.options([("search_path", &schema)]))
        .await
        .unwrap();
    let statements = [
        format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}"),
        CREATE_EVENT_KIND.to_owned(),
        User::CREATE_TABLE.to_owned(),
        Order::CREATE_TABLE.to_owned(),
        Order::CREATE_INDEXES.to_owned(),
        OrderTag::CREATE_TABLE.to_owned(),
        OrderTag::CREATE_INDEXES.to_owned(),
        OrderEvent::CREATE_TABLE.to_owned(),
        OrderEvent::CREATE_INDEXES.to_owned(),
        Note::CREATE_TABLE.to_owned(),
    ];
    for statement in statements {
        pool.execute(raw_sql(AssertSqlSafe(statement))).await.unwrap();
    }
    pool
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
