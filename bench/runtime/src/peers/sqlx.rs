//! sqlx by hand, as most programs write it: `query_as` with a derived `FromRow`, and the very statements that ours run.
//! The cursor is the last row's place, typed; it was never turned into text.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::postgres::PgPoolOptions;
use sqlx::{Connection as _, PgConnection, PgPool};
use tablewright::{Table as _, Update as _};
use uuid::Uuid;

use super::tablewright as ours;
use crate::work::{CONNECTIONS, Change, Fresh, Mode, PAGE, Work};

#[derive(sqlx::FromRow)]
#[allow(dead_code, reason = "a row is read whole")]
pub struct Item {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub code: String,
    pub title: String,
    pub quantity: i64,
    pub price: Decimal,
    pub is_active: bool,
    pub finished_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

pub enum Db {
    Held(Box<PgConnection>),
    Pooled(PgPool),
}

impl Db {
    pub async fn connect(url: &str, mode: Mode, handles: usize) -> Vec<Self> {
        let mut all = Vec::new();
        match mode {
            Mode::Held => {
                for _ in 0..handles {
                    all.push(Self::Held(Box::new(PgConnection::connect(url).await.expect("a connection"))));
                }
            }
            Mode::Pooled => {
                let pool =
                    PgPoolOptions::new().max_connections(CONNECTIONS as u32).connect(url).await.expect("a connection");
                all.resize_with(handles, || Self::Pooled(pool.clone()));
            }
        }
        all
    }
}

/// Runs a query by one of its `fetch_…` or `execute`, on the connection or through the pool.
macro_rules! run {
    ($db:expr, $query:expr, $how:ident) => {
        match &mut $db {
            $crate::peers::sqlx::Db::Held(connection) => $query.$how(&mut **connection).await,
            $crate::peers::sqlx::Db::Pooled(pool) => $query.$how(&*pool).await,
        }
        .expect("the statement runs")
    };
}
pub(super) use run;

pub struct ByHand(Db);

impl Work for ByHand {
    type New = Fresh;
    type Change = Change;
    type Cursor = (DateTime<Utc>, Uuid);

    fn new(fresh: &Fresh) -> Fresh {
        fresh.clone()
    }

    fn change(change: &Change) -> Change {
        change.clone()
    }

    async fn connect(url: &str, mode: Mode, handles: usize) -> Vec<Self> {
        Db::connect(url, mode, handles).await.into_iter().map(Self).collect()
    }

    async fn get(&mut self, id: Uuid) -> i64 {
        let item: Option<Item> = run!(self.0, sqlx::query_as(ours::Item::FIND).bind(id), fetch_optional);
        item.expect("the row is there").quantity
    }

    async fn page(&mut self, owner: Uuid, cursor: Option<Self::Cursor>) -> (i64, Option<Self::Cursor>) {
        let list = &ours::Item::LIST_BY_OWNER_ID;
        let limit = i64::from(PAGE) + 1;
        let mut items: Vec<Item> = match cursor {
            None => run!(self.0, sqlx::query_as(list.first).bind(owner).bind(limit), fetch_all),
            Some((created_at, id)) => {
                run!(self.0, sqlx::query_as(list.after[0]).bind(owner).bind(created_at).bind(id).bind(limit), fetch_all)
            }
        };
        let more = items.len() > PAGE as usize;
        items.truncate(PAGE as usize);
        let next = items.last().filter(|_| more).map(|item| (item.created_at, item.id));
        (items.iter().map(|item| item.quantity).sum(), next)
    }

    async fn insert(&mut self, new: Fresh) -> i64 {
        let query = sqlx::query_as(ours::Item::INSERT)
            .bind(new.owner_id)
            .bind(&new.code)
            .bind(&new.title)
            .bind(new.quantity)
            .bind(new.price)
            .bind(new.is_active)
            .bind(None::<Uuid>)
            .bind(new.finished_at)
            .bind(None::<DateTime<Utc>>)
            .bind(None::<DateTime<Utc>>);
        let item: Item = run!(self.0, query, fetch_one);
        item.quantity
    }

    async fn update(&mut self, id: Uuid, change: Change) -> i64 {
        let query = sqlx::query_as(ours::Item::UPDATE)
            .bind(id)
            .bind(None::<Uuid>)
            .bind(None::<&str>)
            .bind(None::<&str>)
            .bind(Some(change.quantity))
            .bind(Some(change.price))
            .bind(None::<bool>)
            .bind(true)
            .bind(Some(change.finished_at));
        let item: Option<Item> = run!(self.0, query, fetch_optional);
        item.expect("the row is there").quantity
    }

    async fn bulk(&mut self, rows: Vec<Fresh>) -> i64 {
        let owners: Vec<Uuid> = rows.iter().map(|row| row.owner_id).collect();
        let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        let titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
        let quantities: Vec<i64> = rows.iter().map(|row| row.quantity).collect();
        let prices: Vec<Decimal> = rows.iter().map(|row| row.price).collect();
        let active: Vec<bool> = rows.iter().map(|row| row.is_active).collect();
        let finished: Vec<Option<DateTime<Utc>>> = rows.iter().map(|row| row.finished_at).collect();
        let ids: Vec<Option<Uuid>> = vec![None; rows.len()];
        let times: Vec<Option<DateTime<Utc>>> = vec![None; rows.len()];
        let query = sqlx::query(ours::Item::INSERT_MANY)
            .bind(&owners)
            .bind(&codes)
            .bind(&titles)
            .bind(&quantities)
            .bind(&prices)
            .bind(&active)
            .bind(&ids)
            .bind(&finished)
            .bind(&times)
            .bind(&times);
        run!(self.0, query, execute).rows_affected() as i64
    }
}
