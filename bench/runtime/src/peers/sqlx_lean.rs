//! sqlx by hand at its leanest: rows read by position, and for each statement only the columns that this caller sets. One
//! such function is written for each set of columns that a program changes.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::sqlx::{Db, run};
use crate::work::{Change, Fresh, Mode, PAGE, Work};

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

impl sqlx::FromRow<'_, PgRow> for Item {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get(0)?,
            owner_id: row.try_get(1)?,
            code: row.try_get(2)?,
            title: row.try_get(3)?,
            quantity: row.try_get(4)?,
            price: row.try_get(5)?,
            is_active: row.try_get(6)?,
            finished_at: row.try_get(7)?,
            created_at: row.try_get(8)?,
            updated_at: row.try_get(9)?,
        })
    }
}

const GET: &str = "SELECT id, owner_id, code, title, quantity, price, is_active, finished_at, created_at, updated_at \
                   FROM items WHERE id = $1";
const FIRST: &str = "SELECT id, owner_id, code, title, quantity, price, is_active, finished_at, created_at, updated_at \
                     FROM items WHERE owner_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2";
const AFTER: &str = "SELECT id, owner_id, code, title, quantity, price, is_active, finished_at, created_at, updated_at \
                     FROM items WHERE owner_id = $1 AND (created_at, id) < ($2, $3) \
                     ORDER BY created_at DESC, id DESC LIMIT $4";
const INSERT: &str = "INSERT INTO items (owner_id, code, title, quantity, price, is_active, finished_at) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7) \
                      RETURNING id, owner_id, code, title, quantity, price, is_active, finished_at, created_at, updated_at";
const UPDATE: &str = "UPDATE items SET quantity = $2, price = $3, finished_at = $4, updated_at = now() WHERE id = $1 \
                      RETURNING id, owner_id, code, title, quantity, price, is_active, finished_at, created_at, updated_at";
const BULK: &str = "INSERT INTO items (owner_id, code, title, quantity, price, is_active, finished_at) \
                    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::numeric[], $6::boolean[], \
                    $7::timestamptz[])";

pub struct Lean(Db);

impl Work for Lean {
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
        let item: Option<Item> = run!(self.0, sqlx::query_as(GET).bind(id), fetch_optional);
        item.expect("the row is there").quantity
    }

    async fn page(&mut self, owner: Uuid, cursor: Option<Self::Cursor>) -> (i64, Option<Self::Cursor>) {
        let limit = i64::from(PAGE) + 1;
        let mut items: Vec<Item> = match cursor {
            None => run!(self.0, sqlx::query_as(FIRST).bind(owner).bind(limit), fetch_all),
            Some((created_at, id)) => {
                run!(self.0, sqlx::query_as(AFTER).bind(owner).bind(created_at).bind(id).bind(limit), fetch_all)
            }
        };
        let more = items.len() > PAGE as usize;
        items.truncate(PAGE as usize);
        let next = items.last().filter(|_| more).map(|item| (item.created_at, item.id));
        (items.iter().map(|item| item.quantity).sum(), next)
    }

    async fn insert(&mut self, new: Fresh) -> i64 {
        let query = sqlx::query_as(INSERT)
            .bind(new.owner_id)
            .bind(&new.code)
            .bind(&new.title)
            .bind(new.quantity)
            .bind(new.price)
            .bind(new.is_active)
            .bind(new.finished_at);
        let item: Item = run!(self.0, query, fetch_one);
        item.quantity
    }

    async fn update(&mut self, id: Uuid, change: Change) -> i64 {
        let query = sqlx::query_as(UPDATE).bind(id).bind(change.quantity).bind(change.price).bind(change.finished_at);
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
        let query = sqlx::query(BULK)
            .bind(&owners)
            .bind(&codes)
            .bind(&titles)
            .bind(&quantities)
            .bind(&prices)
            .bind(&active)
            .bind(&finished);
        run!(self.0, query, execute).rows_affected() as i64
    }
}
