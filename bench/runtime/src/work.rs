//! The work that every peer does, and the rows that it does it with.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

/// How many rows a page has.
pub const PAGE: u32 = 20;

/// How many connections work at the same time in the throughput part.
pub const CONNECTIONS: usize = 8;

/// Where the connection of a statement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One connection, kept for all statements, as a request keeps the one that it took.
    Held,
    /// The peer's usual pool, asked for each statement.
    Pooled,
}

impl Mode {
    pub fn name(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Pooled => "pooled",
        }
    }
}

/// What is new in a row; the rest are defaults of the table.
#[derive(Clone, Debug)]
pub struct Fresh {
    pub owner_id: Uuid,
    pub code: String,
    pub title: String,
    pub quantity: i64,
    pub price: Decimal,
    pub is_active: bool,
    pub finished_at: Option<DateTime<Utc>>,
}

/// A patch: three columns of eight.
#[derive(Clone, Debug)]
pub struct Change {
    pub quantity: i64,
    pub price: Decimal,
    pub finished_at: DateTime<Utc>,
}

/// A library under test. Inputs are of the library's own types, made before the clock starts. What a call returns is a sum
/// over the rows, so that the driver sees that all peers read the same.
#[allow(async_fn_in_trait, reason = "one thread runs all of it")]
pub trait Work: Sized + 'static {
    type New: 'static;
    type Change: 'static;
    type Cursor;

    fn new(fresh: &Fresh) -> Self::New;
    fn change(change: &Change) -> Self::Change;

    /// That many handles: each with its own connection, or all on one pool of [`CONNECTIONS`].
    async fn connect(url: &str, mode: Mode, handles: usize) -> Vec<Self>;

    /// Before and after the clock runs, where a peer holds a connection by a transaction only.
    async fn begin(&mut self) {}
    async fn end(&mut self) {}

    /// The row of this key; its quantity.
    async fn get(&mut self, id: Uuid) -> i64;

    /// The page of an owner's rows at the cursor, newest first, and the cursor of the next; the sum of its quantities.
    async fn page(&mut self, owner: Uuid, cursor: Option<Self::Cursor>) -> (i64, Option<Self::Cursor>);

    /// One row, which comes back as the database made it; its quantity.
    async fn insert(&mut self, new: Self::New) -> i64;

    /// A changed row, which comes back; its quantity.
    async fn update(&mut self, id: Uuid, change: Self::Change) -> i64;

    /// Many rows, all or none; how many.
    async fn bulk(&mut self, rows: Vec<Self::New>) -> i64;
}
