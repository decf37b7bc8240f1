//! tokio-postgres: statements prepared once, rows read by position, pooled by deadpool-postgres (which asks the server
//! nothing when a connection comes or goes: `RecyclingMethod::Fast`, its default).

use chrono::{DateTime, Utc};
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use rust_decimal::Decimal;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Row, Statement};
use uuid::Uuid;

use crate::work::{CONNECTIONS, Change, Fresh, Mode, PAGE, Work};

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

fn item(row: &Row) -> Item {
    Item {
        id: row.get(0),
        owner_id: row.get(1),
        code: row.get(2),
        title: row.get(3),
        quantity: row.get(4),
        price: row.get(5),
        is_active: row.get(6),
        finished_at: row.get(7),
        created_at: row.get(8),
        updated_at: row.get(9),
    }
}

/// The statements, in the order of [`Which`].
const STATEMENTS: [&str; 6] = [
    "SELECT id, owner_id, code, title, quantity, price, is_active, finished_at, created_at, updated_at \
     FROM items WHERE id = $1",
    "SELECT id, owner_id, code, title, quantity, price, is_active, finished_at, created_at, updated_at \
     FROM items WHERE owner_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
    "SELECT id, owner_id, code, title, quantity, price, is_active, finished_at, created_at, updated_at \
     FROM items WHERE owner_id = $1 AND (created_at, id) < ($2, $3) ORDER BY created_at DESC, id DESC LIMIT $4",
    "INSERT INTO items (owner_id, code, title, quantity, price, is_active, finished_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7) \
     RETURNING id, owner_id, code, title, quantity, price, is_active, finished_at, created_at, updated_at",
    "UPDATE items SET quantity = $2, price = $3, finished_at = $4, updated_at = now() WHERE id = $1 \
     RETURNING id, owner_id, code, title, quantity, price, is_active, finished_at, created_at, updated_at",
    "INSERT INTO items (owner_id, code, title, quantity, price, is_active, finished_at) \
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::numeric[], $6::boolean[], \
     $7::timestamptz[])",
];

#[derive(Clone, Copy)]
enum Which {
    Get,
    First,
    After,
    Insert,
    Update,
    Bulk,
}

pub enum Tokio {
    Held(Box<Client>, Vec<Statement>),
    Pooled(Pool),
}

type Parameters<'a> = &'a [&'a (dyn ToSql + Sync)];

impl Tokio {
    async fn query(&self, which: Which, parameters: Parameters<'_>) -> Vec<Row> {
        match self {
            Self::Held(client, statements) => client.query(&statements[which as usize], parameters).await,
            Self::Pooled(pool) => {
                let client = pool.get().await.expect("a connection");
                let statement = client.prepare_cached(STATEMENTS[which as usize]).await.expect("it is prepared");
                client.query(&statement, parameters).await
            }
        }
        .expect("the statement runs")
    }

    async fn one(&self, which: Which, parameters: Parameters<'_>) -> i64 {
        let row = match self {
            Self::Held(client, statements) => client.query_one(&statements[which as usize], parameters).await,
            Self::Pooled(pool) => {
                let client = pool.get().await.expect("a connection");
                let statement = client.prepare_cached(STATEMENTS[which as usize]).await.expect("it is prepared");
                client.query_one(&statement, parameters).await
            }
        }
        .expect("the statement runs");
        item(&row).quantity
    }

    async fn execute(&self, which: Which, parameters: Parameters<'_>) -> u64 {
        match self {
            Self::Held(client, statements) => client.execute(&statements[which as usize], parameters).await,
            Self::Pooled(pool) => {
                let client = pool.get().await.expect("a connection");
                let statement = client.prepare_cached(STATEMENTS[which as usize]).await.expect("it is prepared");
                client.execute(&statement, parameters).await
            }
        }
        .expect("the statement runs")
    }
}

impl Work for Tokio {
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
        let mut all = Vec::new();
        match mode {
            Mode::Held => {
                for _ in 0..handles {
                    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("a connection");
                    tokio::spawn(connection);
                    let mut statements = Vec::new();
                    for text in STATEMENTS {
                        statements.push(client.prepare(text).await.expect("it is prepared"));
                    }
                    all.push(Self::Held(Box::new(client), statements));
                }
            }
            Mode::Pooled => {
                let config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
                let manager = Manager::from_config(url.parse().expect("a URL"), NoTls, config);
                let pool = Pool::builder(manager).max_size(CONNECTIONS).build().expect("a pool");
                all.resize_with(handles, || Self::Pooled(pool.clone()));
            }
        }
        all
    }

    async fn get(&mut self, id: Uuid) -> i64 {
        self.one(Which::Get, &[&id]).await
    }

    async fn page(&mut self, owner: Uuid, cursor: Option<Self::Cursor>) -> (i64, Option<Self::Cursor>) {
        let limit = i64::from(PAGE) + 1;
        let rows = match cursor {
            None => self.query(Which::First, &[&owner, &limit]).await,
            Some((created_at, id)) => self.query(Which::After, &[&owner, &created_at, &id, &limit]).await,
        };
        let items: Vec<Item> = rows.iter().take(PAGE as usize).map(item).collect();
        let next = items.last().filter(|_| rows.len() > PAGE as usize).map(|item| (item.created_at, item.id));
        (items.iter().map(|item| item.quantity).sum(), next)
    }

    async fn insert(&mut self, new: Fresh) -> i64 {
        let Fresh { owner_id, code, title, quantity, price, is_active, finished_at } = &new;
        self.one(Which::Insert, &[owner_id, code, title, quantity, price, is_active, finished_at]).await
    }

    async fn update(&mut self, id: Uuid, change: Change) -> i64 {
        self.one(Which::Update, &[&id, &change.quantity, &change.price, &change.finished_at]).await
    }

    async fn bulk(&mut self, rows: Vec<Fresh>) -> i64 {
        let owners: Vec<Uuid> = rows.iter().map(|row| row.owner_id).collect();
        let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        let titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
        let quantities: Vec<i64> = rows.iter().map(|row| row.quantity).collect();
        let prices: Vec<Decimal> = rows.iter().map(|row| row.price).collect();
        let active: Vec<bool> = rows.iter().map(|row| row.is_active).collect();
        let finished: Vec<Option<DateTime<Utc>>> = rows.iter().map(|row| row.finished_at).collect();
        self.execute(Which::Bulk, &[&owners, &codes, &titles, &quantities, &prices, &active, &finished]).await as i64
    }
}
