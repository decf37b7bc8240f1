//! diesel by diesel-async: its own cache of statements, pooled by deadpool (which asks the server whether a connection
//! is alive each time it is taken: `RecyclingMethod::Verified`, its default). diesel has no comparison of rows, so the
//! page is cut by two comparisons, which an index serves as well.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::work::{CONNECTIONS, Change, Fresh, Mode, PAGE, Work};

diesel::table! {
    items (id) {
        id -> Uuid,
        owner_id -> Uuid,
        code -> Text,
        title -> Text,
        quantity -> BigInt,
        price -> Numeric,
        is_active -> Bool,
        finished_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = items, check_for_backend(diesel::pg::Pg))]
#[allow(dead_code, reason = "a row is read whole")]
struct Item {
    id: Uuid,
    owner_id: Uuid,
    code: String,
    title: String,
    quantity: i64,
    price: Decimal,
    is_active: bool,
    finished_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

// Without the second, the text of the statement depends on which values there are, and diesel does not keep it prepared.
// Updates it never keeps.
#[derive(Insertable)]
#[diesel(table_name = items, treat_none_as_default_value = false)]
pub struct NewItem {
    owner_id: Uuid,
    code: String,
    title: String,
    quantity: i64,
    price: Decimal,
    is_active: bool,
    finished_at: Option<DateTime<Utc>>,
}

/// The most rows of seven parameters that one statement takes: the protocol counts parameters in 16 bits.
const ROWS: usize = 65_535 / 7;

pub enum Diesel {
    Held(Box<AsyncPgConnection>),
    Pooled(Pool<AsyncPgConnection>),
}

/// A connection for the rest of the function.
macro_rules! connection {
    ($self:ident, $taken:ident) => {
        match $self {
            Self::Held(connection) => &mut **connection,
            Self::Pooled(pool) => {
                $taken = pool.get().await.expect("a connection");
                &mut *$taken
            }
        }
    };
}

impl Work for Diesel {
    type New = NewItem;
    type Change = Change;
    type Cursor = (DateTime<Utc>, Uuid);

    fn new(fresh: &Fresh) -> NewItem {
        let Fresh { owner_id, code, title, quantity, price, is_active, finished_at } = fresh.clone();
        NewItem { owner_id, code, title, quantity, price, is_active, finished_at }
    }

    fn change(change: &Change) -> Change {
        change.clone()
    }

    async fn connect(url: &str, mode: Mode, handles: usize) -> Vec<Self> {
        let mut all = Vec::new();
        match mode {
            Mode::Held => {
                for _ in 0..handles {
                    all.push(Self::Held(Box::new(AsyncPgConnection::establish(url).await.expect("a connection"))));
                }
            }
            Mode::Pooled => {
                let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new(url);
                let pool = Pool::builder(manager).max_size(CONNECTIONS).build().expect("a pool");
                all.resize_with(handles, || Self::Pooled(pool.clone()));
            }
        }
        all
    }

    async fn get(&mut self, id: Uuid) -> i64 {
        let mut taken;
        let connection = connection!(self, taken);
        let item: Option<Item> = items::table
            .find(id)
            .select(Item::as_select())
            .first(connection)
            .await
            .optional()
            .expect("the statement runs");
        item.expect("the row is there").quantity
    }

    async fn page(&mut self, owner: Uuid, cursor: Option<Self::Cursor>) -> (i64, Option<Self::Cursor>) {
        let mut taken;
        let connection = connection!(self, taken);
        let list = items::table
            .filter(items::owner_id.eq(owner))
            .order((items::created_at.desc(), items::id.desc()))
            .limit(i64::from(PAGE) + 1)
            .select(Item::as_select());
        let rows: Vec<Item> = match cursor {
            None => list.load(connection).await,
            Some((created_at, id)) => {
                list.filter(items::created_at.le(created_at))
                    .filter(items::created_at.lt(created_at).or(items::id.lt(id)))
                    .load(connection)
                    .await
            }
        }
        .expect("the statement runs");
        let page = &rows[..rows.len().min(PAGE as usize)];
        let next = page.last().filter(|_| rows.len() > PAGE as usize).map(|item| (item.created_at, item.id));
        (page.iter().map(|item| item.quantity).sum(), next)
    }

    async fn insert(&mut self, new: NewItem) -> i64 {
        let mut taken;
        let connection = connection!(self, taken);
        let item: Item = diesel::insert_into(items::table)
            .values(new)
            .returning(Item::as_returning())
            .get_result(connection)
            .await
            .expect("the statement runs");
        item.quantity
    }

    async fn update(&mut self, id: Uuid, change: Change) -> i64 {
        let mut taken;
        let connection = connection!(self, taken);
        let item: Option<Item> = diesel::update(items::table.find(id))
            .set((
                items::quantity.eq(change.quantity),
                items::price.eq(change.price),
                items::finished_at.eq(change.finished_at),
                items::updated_at.eq(diesel::dsl::now),
            ))
            .returning(Item::as_returning())
            .get_result(connection)
            .await
            .optional()
            .expect("the statement runs");
        item.expect("the row is there").quantity
    }

    async fn bulk(&mut self, rows: Vec<NewItem>) -> i64 {
        let mut taken;
        let connection = connection!(self, taken);
        connection
            .transaction(async |connection| {
                let mut done = 0;
                for rows in rows.chunks(ROWS) {
                    done += diesel::insert_into(items::table).values(rows).execute(connection).await?;
                }
                diesel::QueryResult::Ok(done as i64)
            })
            .await
            .expect("the statements run")
    }
}
