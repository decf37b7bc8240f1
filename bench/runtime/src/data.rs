//! The tables and the rows that all peers work on.

use chrono::{DateTime, Duration, Utc};
use rust_decimal::Decimal;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use uuid::Uuid;

use crate::peers::tablewright::{Item, Owner};
use crate::work::{Change, Fresh, PAGE};

const OWNERS: usize = 1_000;
/// Whole pages, so that every page has as many rows as the next.
pub const PAGES: usize = 5;

/// A database of [`OWNERS`] owners, with items for them where `filled`.
pub async fn set_up(url: &str, filled: bool) {
    let mut connection = PgConnection::connect(url).await.expect("a connection");
    // Vacuuming would come to one peer and not to another.
    let mut text = format!(
        "{}{}{}{}ALTER TABLE items SET (autovacuum_enabled = false, fillfactor = 70);
         INSERT INTO owners (id, name) SELECT md5('owner ' || n)::uuid, 'Owner ' || n FROM generate_series(1, {OWNERS}) n;",
        Owner::CREATE_TABLE,
        Owner::CREATE_INDEXES,
        Item::CREATE_TABLE,
        Item::CREATE_INDEXES
    );
    if filled {
        let rows = OWNERS * PAGES * PAGE as usize;
        text.push_str(&format!(
            "INSERT INTO items (id, owner_id, code, title, quantity, price, is_active, finished_at, created_at)
             SELECT md5('item ' || n)::uuid, md5('owner ' || 1 + n % {OWNERS})::uuid, 'old-' || n,
                 'The title of item number ' || n, n % 1000, (n % 100000) / 100.0, n % 3 > 0,
                 CASE WHEN n % 2 = 0 THEN now() END, now() - n * interval '1 second'
             FROM generate_series(1, {rows}) n;"
        ));
    }
    sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await.expect("the tables are made");
    sqlx::raw_sql("VACUUM ANALYZE").execute(&mut connection).await.expect("the tables are analysed");
}

/// The server's version.
pub async fn server(url: &str) -> String {
    let mut connection = PgConnection::connect(url).await.expect("a connection");
    let version: String =
        sqlx::query_scalar("SHOW server_version").fetch_one(&mut connection).await.expect("the server answers");
    version.split(' ').next().unwrap_or_default().to_owned()
}

/// Takes new rows away again.
pub async fn truncate(connection: &mut PgConnection) {
    sqlx::raw_sql("TRUNCATE items").execute(connection).await.expect("the table is emptied");
}

/// [`truncate`] on a connection of its own.
pub async fn empty(url: &str) {
    truncate(&mut PgConnection::connect(url).await.expect("a connection")).await;
}

/// Where the inputs of calls come from: the same for every peer.
pub struct Inputs {
    owners: Vec<Uuid>,
    items: Vec<Uuid>,
    now: DateTime<Utc>,
    state: u64,
}

impl Inputs {
    pub async fn read(url: &str) -> Self {
        let mut connection = PgConnection::connect(url).await.expect("a connection");
        let owners = sqlx::query_scalar("SELECT id FROM owners ORDER BY id").fetch_all(&mut connection);
        let owners = owners.await.expect("the owners are read");
        let items = sqlx::query_scalar("SELECT id FROM items ORDER BY id").fetch_all(&mut connection);
        let items = items.await.expect("the items are read");
        Self { owners, items, now: DateTime::UNIX_EPOCH + Duration::days(20_000), state: 1 }
    }

    /// A linear congruence: the same numbers in every run.
    fn number(&mut self, below: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % below
    }

    pub fn owners(&mut self, count: usize) -> Vec<Uuid> {
        (0..count)
            .map(|_| {
                let owner = self.number_of_owner();
                self.owners[owner]
            })
            .collect()
    }

    fn number_of_owner(&mut self) -> usize {
        self.number(self.owners.len())
    }

    pub fn items(&mut self, count: usize) -> Vec<Uuid> {
        (0..count)
            .map(|_| {
                let item = self.number(self.items.len());
                self.items[item]
            })
            .collect()
    }

    pub fn fresh(&mut self, count: usize) -> Vec<Fresh> {
        (0..count)
            .map(|index| {
                let owner = self.number_of_owner();
                Fresh {
                    owner_id: self.owners[owner],
                    code: format!("new-{index}"),
                    title: format!("The title of item number {index}"),
                    quantity: self.number(1_000) as i64,
                    price: Decimal::new(self.number(1_000_000) as i64, 2),
                    is_active: self.number(3) > 0,
                    finished_at: (self.number(2) > 0).then_some(self.now),
                }
            })
            .collect()
    }

    pub fn changes(&mut self, count: usize) -> Vec<(Uuid, Change)> {
        self.items(count)
            .into_iter()
            .map(|id| {
                let change = Change {
                    quantity: self.number(1_000) as i64,
                    price: Decimal::new(self.number(1_000_000) as i64, 2),
                    finished_at: self.now,
                };
                (id, change)
            })
            .collect()
    }
}
