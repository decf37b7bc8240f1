//! The runtime of Tablewright: what a program with `#[derive(Table)]` structs links.
//!
//! A derive gives a struct its SQL as constants, one positional row decoder and a few small functions that bind
//! values; everything that runs lives here, once, and is plain [`sqlx`] underneath: the executors are sqlx's (a pool, a
//! connection, a transaction), the errors of reads are sqlx's, and every statement is a constant with bound parameters.
//!
//! | you call | trait | SQL |
//! |---|---|---|
//! | `find`, `find_many`, `exists`, `count`, `estimate` | [`Table`] | `SELECT` |
//! | `lock`, `lock_shared` | [`Table`] | `SELECT … FOR UPDATE`, `FOR SHARE` |
//! | `insert`, `insert_many`, `insert_many_returning`, `copy_in` | [`Table`] | `INSERT`, `COPY` |
//! | `update`, `update_many` | [`Table`], where it is [`Update`] | `UPDATE`; not on append-only and junction tables |
//! | `update_if_unchanged` | [`Table`], where it is [`Versioned`] | `UPDATE … AND updated_at = $2` |
//! | `delete`, `delete_many`, `delete_in_batches` | [`Table`], where it is [`Delete`] | `DELETE`, or `UPDATE … SET deleted_at` where the table is soft |
//! | `restore`, `purge` | [`Table`], where it is [`SoftDelete`] | soft-deleted tables only |
//! | a query with `batch(…)` | [`Batches`] | `UPDATE` or `DELETE`, a bounded number of rows in each statement |
//!
//! What belongs to only one table (`find_by_…`, `upsert_by_…`, lists by page, the queries that `#[query(…)]` declares)
//! are functions of the struct itself.
//! `use tablewright::prelude::*;` brings the traits and the types that models name.
//!
//! ```no_run
//! use tablewright::prelude::*;
//! use tablewright::{AnyError, sqlx};
//!
//! /// Somebody who reads.
//! #[derive(Table)]
//! #[index(city, created_at desc, id desc)]
//! #[query(recent_in(city), order(created_at desc), page)]
//! pub struct Reader {
//!     pub id: Uuid,
//!     #[column(unique)]
//!     pub handle: String,
//!     pub city: String,
//!     pub created_at: DateTime<Utc>,
//!     pub updated_at: DateTime<Utc>,
//! }
//!
//! async fn sign_up(pool: &sqlx::PgPool, new: NewReader) -> Result<usize, AnyError> {
//!     let reader = Reader::insert(pool, new).await?;
//!     assert!(Reader::find_by_handle(pool, &reader.handle).await?.is_some());
//!     let page = Reader::recent_in(pool, &reader.city, PageRequest::first(20)).await?;
//!     Ok(page.items.len())
//! }
//! ```
//!
//! # Seeing what runs
//! sqlx logs every statement under the target `sqlx::query`, with its time and rows: at `DEBUG`, and at `WARN` where it took
//! longer than a second (`log_statements` and `log_slow_statements` of its connect options). Nothing here logs again.
//! - The cargo feature **`tracing`** puts each call into a span `query` of the target `tablewright`, at `INFO`, with the
//!   helper's name: `otel.name = "orders.recent_for_user"`, `db.collection.name`, `db.operation.name`. sqlx's events
//!   appear in it. Without the feature there is no code for it.
//! - **`query_comments = true`** in `schema.toml` begins each statement with that name, `/* orders.recent_for_user */
//!   SELECT …`, for `pg_stat_activity`, `pg_stat_statements` and the server's log. It is part of the constant, so the
//!   statement is prepared once as before.
//!
//! # Futures that are dropped
//! A web framework drops a handler's future when its client hangs up, wherever it is waiting. Then whatever began here ends cleanly:
//! [`transaction`] and the calls of several statements roll back what they did, and a [`copy_in`](Table::copy_in) closes its
//! connection, because nothing else ends it. The next user of the connection from its pool is in no transaction, and reads the
//! answers to its own statements. Inside a transaction that continues, a call of several statements is undone (or done, where
//! it was about to end); a dropped `copy_in` ends the session, and the transaction with it: return from it then.
//!
//! **What is not covered** is sqlx's own `begin`, of a pool or a connection: dropped while `BEGIN` is under way, it returns a
//! connection that is still in a transaction. Use [`transaction`], or roll back in `after_release` of sqlx's `PgPoolOptions`.
//!
//! # Behind `PgBouncer`
//! No helper changes its session: there is no `SET`, no advisory lock, no `LISTEN`, no temporary table and no cursor that
//! outlives its transaction; a tenant ends with its transaction ([`set_tenant`]). So `pool_mode = transaction` works.
//! sqlx prepares statements by name, which needs `PgBouncer` 1.21 or later with `max_prepared_statements` of at least
//! sqlx's `statement_cache_capacity` (100): without it the server says `prepared statement "sqlx_s_1" already exists`. A
//! capacity of 0 does not help: sqlx names its statements anyway.
#![deny(missing_docs)]
#![forbid(unsafe_code)]
#![warn(unreachable_pub)]

mod any_error;
mod batch;
mod batches;
mod bind;
mod cancel;
mod change;
mod columns;
mod copy;
mod cursor;
mod error;
mod executor;
mod held;
mod page;
pub mod pool;
pub mod prelude;
mod retry;
#[doc(hidden)]
pub mod rt;
mod scope;
mod sql_type;
mod statements;
mod table;
mod tenant;
mod trace;
mod transaction;

pub use any_error::{AnyError, AnyViolation};
pub use batch::{BATCH_BYTES, BATCH_ROWS};
pub use batches::{Batches, Interrupted};
pub use change::{Delete, SoftDelete, Update, Versioned};
pub use cursor::{Cursor, CursorError};
pub use error::{Constraint, Error, NotCommitted, PageError, Violation};
pub use executor::{ConnectionSource, Executor};
pub use page::{Page, PageQuery, PageRequest, Paged, Pages};
pub use retry::{Retry, may_run_again};
pub use rt::reply::{Reply, Rows};
pub use sql_type::{ArrayElement, Enumeration, SqlType};
#[doc(no_inline)]
pub use sqlx;
pub use table::{Once, Table, Unscoped};
pub use tenant::{InTransaction, SET_TENANT, TENANT_SETTING, TenantScope, begin_tenant, set_tenant};
pub use transaction::{Failure, Tx, transaction};
