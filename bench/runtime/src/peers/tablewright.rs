//! Ours. The models also give the tables that all peers work on.

use tablewright::Cursor;
use tablewright::prelude::*;

use sqlx::postgres::PgPoolOptions;
use sqlx::{Connection as _, PgConnection, PgPool};

use crate::work::{CONNECTIONS, Change, Fresh, Mode, PAGE, Work};

/// Who has items.
#[derive(Table)]
#[allow(dead_code, reason = "a row is read whole")]
pub struct Owner {
    pub id: Uuid,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Ten columns, one of them a foreign key.
#[derive(Table)]
#[index(owner_id, created_at desc, id desc)]
#[allow(dead_code, reason = "a row is read whole")]
pub struct Item {
    pub id: Uuid,
    #[references(Owner, on_delete = restrict)]
    pub owner_id: Uuid,
    #[column(unique)]
    pub code: String,
    pub title: String,
    pub quantity: i64,
    #[column(numeric(12, 2), check = "price >= 0")]
    pub price: Decimal,
    pub is_active: bool,
    pub finished_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

pub enum Ours {
    Held(Box<PgConnection>),
    Pooled(PgPool),
}

/// Calls a helper with the connection or with the pool: each is an executor.
macro_rules! with {
    ($self:ident, $db:ident => $call:expr) => {
        match $self {
            Self::Held(connection) => {
                let $db = &mut **connection;
                $call.await
            }
            Self::Pooled(pool) => {
                let $db = &*pool;
                $call.await
            }
        }
        .expect("the statement runs")
    };
}

impl Work for Ours {
    type New = NewItem;
    type Change = ItemPatch;
    type Cursor = Cursor;

    fn new(fresh: &Fresh) -> NewItem {
        NewItem {
            owner_id: fresh.owner_id,
            code: fresh.code.clone(),
            title: fresh.title.clone(),
            quantity: fresh.quantity,
            price: fresh.price,
            is_active: fresh.is_active,
            optional: ItemOptional { finished_at: fresh.finished_at, ..Default::default() },
        }
    }

    fn change(change: &Change) -> ItemPatch {
        ItemPatch {
            quantity: Some(change.quantity),
            price: Some(change.price),
            finished_at: Some(Some(change.finished_at)),
            ..Default::default()
        }
    }

    async fn connect(url: &str, mode: Mode, handles: usize) -> Vec<Self> {
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

    async fn get(&mut self, id: Uuid) -> i64 {
        with!(self, db => Item::find(db, id)).expect("the row is there").quantity
    }

    async fn page(&mut self, owner: Uuid, cursor: Option<Cursor>) -> (i64, Option<Cursor>) {
        let request = PageRequest::new(cursor, PAGE);
        let page = with!(self, db => Item::list_by_owner_id(db, owner, request));
        (page.items.iter().map(|item| item.quantity).sum(), page.next)
    }

    async fn insert(&mut self, new: NewItem) -> i64 {
        with!(self, db => Item::insert(db, new)).quantity
    }

    async fn update(&mut self, id: Uuid, patch: ItemPatch) -> i64 {
        with!(self, db => Item::update(db, id, patch)).expect("the row is there").quantity
    }

    async fn bulk(&mut self, rows: Vec<NewItem>) -> i64 {
        with!(self, db => Item::insert_many(db, &rows)) as i64
    }
}
