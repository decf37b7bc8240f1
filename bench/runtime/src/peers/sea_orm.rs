//! sea-orm, whose pool is sqlx's. It has no connection that a program holds but a transaction; that is what `held` is
//! here, begun and ended while the clock is stopped. The page is its own `cursor_by`.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectOptions, Database, DatabaseConnection, DatabaseTransaction,
    EntityTrait as _, QueryFilter as _, Set, TransactionTrait as _, Unchanged,
};
use uuid::Uuid;

use crate::work::{self, CONNECTIONS, Fresh, Mode, PAGE, Work};

mod items {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "items")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub owner_id: Uuid,
        #[sea_orm(unique)]
        pub code: String,
        pub title: String,
        pub quantity: i64,
        #[sea_orm(column_type = "Decimal(Some((12, 2)))")]
        pub price: Decimal,
        pub is_active: bool,
        pub finished_at: Option<DateTimeUtc>,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The most rows of seven parameters that one statement takes: the protocol counts parameters in 16 bits.
const ROWS: usize = 65_535 / 7;

pub struct SeaOrm {
    database: DatabaseConnection,
    held: Option<DatabaseTransaction>,
    mode: Mode,
}

/// Runs on what is held, or on the pool.
macro_rules! run {
    ($self:ident, $query:expr, $how:ident $(, $argument:expr)*) => {
        match &$self.held {
            Some(transaction) => $query.$how(transaction $(, $argument)*).await,
            None => $query.$how(&$self.database $(, $argument)*).await,
        }
        .expect("the statement runs")
    };
}

impl Work for SeaOrm {
    type New = items::ActiveModel;
    type Change = (i64, Decimal, DateTime<Utc>);
    type Cursor = (DateTime<Utc>, Uuid);

    fn new(fresh: &Fresh) -> items::ActiveModel {
        let Fresh { owner_id, code, title, quantity, price, is_active, finished_at } = fresh.clone();
        items::ActiveModel {
            owner_id: Set(owner_id),
            code: Set(code),
            title: Set(title),
            quantity: Set(quantity),
            price: Set(price),
            is_active: Set(is_active),
            finished_at: Set(finished_at),
            ..Default::default()
        }
    }

    fn change(change: &work::Change) -> Self::Change {
        (change.quantity, change.price, change.finished_at)
    }

    async fn connect(url: &str, mode: Mode, handles: usize) -> Vec<Self> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(CONNECTIONS as u32).sqlx_logging(false);
        let database = Database::connect(options).await.expect("a connection");
        (0..handles).map(|_| Self { database: database.clone(), held: None, mode }).collect()
    }

    async fn begin(&mut self) {
        if self.mode == Mode::Held {
            self.held = Some(self.database.begin().await.expect("a transaction"));
        }
    }

    async fn end(&mut self) {
        if let Some(transaction) = self.held.take() {
            transaction.commit().await.expect("the transaction ends");
        }
    }

    async fn get(&mut self, id: Uuid) -> i64 {
        let item = run!(self, items::Entity::find_by_id(id), one);
        item.expect("the row is there").quantity
    }

    async fn page(&mut self, owner: Uuid, cursor: Option<Self::Cursor>) -> (i64, Option<Self::Cursor>) {
        let mut list = items::Entity::find()
            .filter(items::Column::OwnerId.eq(owner))
            .cursor_by((items::Column::CreatedAt, items::Column::Id));
        list.desc().first(u64::from(PAGE) + 1);
        if let Some(last) = cursor {
            list.after(last);
        }
        let rows = run!(self, list, all);
        let page = &rows[..rows.len().min(PAGE as usize)];
        let next = page.last().filter(|_| rows.len() > PAGE as usize).map(|item| (item.created_at, item.id));
        (page.iter().map(|item| item.quantity).sum(), next)
    }

    async fn insert(&mut self, new: items::ActiveModel) -> i64 {
        run!(self, new, insert).quantity
    }

    async fn update(&mut self, id: Uuid, (quantity, price, finished_at): Self::Change) -> i64 {
        let patch = items::ActiveModel {
            id: Unchanged(id),
            quantity: Set(quantity),
            price: Set(price),
            finished_at: Set(Some(finished_at)),
            updated_at: Set(Utc::now()),
            ..Default::default()
        };
        run!(self, patch, update).quantity
    }

    async fn bulk(&mut self, rows: Vec<items::ActiveModel>) -> i64 {
        if let Some(transaction) = &self.held {
            return insert_many(transaction, rows).await;
        }
        let transaction = self.database.begin().await.expect("a transaction");
        let done = insert_many(&transaction, rows).await;
        transaction.commit().await.expect("the transaction ends");
        done
    }
}

async fn insert_many(transaction: &DatabaseTransaction, mut rows: Vec<items::ActiveModel>) -> i64 {
    let mut done = 0;
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(ROWS));
        done += items::Entity::insert_many(rows).exec_without_returning(transaction).await.expect("the statement runs");
        rows = rest;
    }
    done as i64
}
