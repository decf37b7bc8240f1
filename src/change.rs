//! What a table's rows go through after they are inserted, as traits: changes, deletion, and the way back.

use std::future::Future;

use sqlx::PgConnection;

use crate::batch;
use crate::bind::{self, Cell, Put, Row, Statement};
use crate::error::Error;
use crate::executor::{ConnectionSource, Executor};
use crate::rt::reply::Reply;
use crate::table::{Table, affected, keyed, name, update_of, written};
use crate::trace;

/// A table whose rows change.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # pub struct User {
/// #     pub id: Uuid,
/// #     #[column(unique)]
/// #     pub handle: String,
/// #     pub nickname: Option<String>,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// # }
/// use tablewright::Error;
///
/// async fn rename(pool: &PgPool, id: Uuid, name: &str) -> Result<Option<User>, Error<UserConstraint>> {
///     let patch = |name: &str| UserPatch { nickname: Some(Some(name.to_owned())), ..UserPatch::default() };
///     let changed = User::update_many(pool, &[(id, patch("none"))]).await?;
///     if changed == 0 { Ok(None) } else { User::update(pool, id, patch(name)).await }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "rows of `{Self}` are not updated",
    label = "`Update` is not derived for this table",
    note = "a table that is `append_only` or a `junction` is only written and read, and one without a column that may change is too"
)]
pub trait Update: Table {
    /// What may change, each part left out by default: `OrderPatch`.
    type Patch: Row + Send + Sync;

    /// `UPDATE … SET status = COALESCE($2::text, status), …, updated_at = now() WHERE id = $1 RETURNING …`.
    const UPDATE: &'static str = Self::MODEL.update;
    /// `UPDATE … FROM UNNEST($1::uuid[], …) AS new_rows … WHERE orders.id = new_rows.id`; empty where a column is an array.
    const UPDATE_MANY: &'static str = Self::MODEL.update_many;

    /// Changes what `patch` names and returns the row as it is now; `None` where there is no such row.
    /// Runs [`UPDATE`](Self::UPDATE). `updated_at` becomes the transaction's time, even where `patch` names nothing.
    fn update<'e>(
        db: impl Executor<'e>,
        key: Self::Key,
        patch: Self::Patch,
    ) -> Reply<'e, Result<Option<Self>, Error<Self::Constraint>>> {
        Reply::row(db, name::<Self>("update"), update_of::<Self>(&key, &patch), written::<Self>)
    }

    /// Changes many rows, all or none: each by its key and a patch of its own. Returns how many there were; a key
    /// without a row changes nothing. Runs [`UPDATE_MANY`](Self::UPDATE_MANY) once per batch, as
    /// [`insert_many`](Table::insert_many) does; where a column is an array, one [`UPDATE`](Self::UPDATE) per row.
    /// Two changes to one row are an error, and nothing is sent.
    fn update_many<'c>(
        db: impl ConnectionSource<'c>,
        changes: &[(Self::Key, Self::Patch)],
    ) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send {
        trace::within(name::<Self>("update_many"), batch::update::<Self, _>(db, changes))
    }
}

/// A table whose rows tell that they changed: by `lock_version`, an integer that every generated statement raises, or
/// else by `updated_at`.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # pub struct User {
/// #     pub id: Uuid,
/// #     #[column(unique)]
/// #     pub handle: String,
/// #     pub nickname: Option<String>,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// # }
/// use tablewright::Error;
///
/// /// False where somebody else was faster: read the row again.
/// async fn rename(pool: &PgPool, seen: &User, name: &str) -> Result<bool, Error<UserConstraint>> {
///     let patch = UserPatch { nickname: Some(Some(name.to_owned())), ..UserPatch::default() };
///     Ok(User::update_if_unchanged(pool, seen, patch).await?.is_some())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a row of `{Self}` does not say whether it changed",
    label = "`Versioned` is not derived for this table",
    note = "it takes a table whose rows are updated, with `updated_at: DateTime<Utc>` or an integer `lock_version`"
)]
pub trait Versioned: Update {
    /// [`UPDATE`](Update::UPDATE) with `AND updated_at = $2`, or `lock_version`.
    const UPDATE_IF_UNCHANGED: &'static str = Self::MODEL.update_if_unchanged;

    #[doc(hidden)]
    fn put_seen(&self, column: usize, cell: &mut Cell<'_>) -> Put;

    /// Changes the row that was read as `seen`, unless it was changed or deleted since: then it is `None`, nothing is
    /// changed, and the program reads it again. Runs [`UPDATE_IF_UNCHANGED`](Self::UPDATE_IF_UNCHANGED). By `updated_at`
    /// it does not see a change by a statement that leaves that column alone, nor one within the same transaction.
    fn update_if_unchanged<'e>(
        db: impl Executor<'e>,
        seen: &Self,
        patch: Self::Patch,
    ) -> Reply<'e, Result<Option<Self>, Error<Self::Constraint>>> {
        let statement = Statement::new(Self::UPDATE_IF_UNCHANGED, |arguments| {
            bind::bind_each(Self::KEY_COLUMNS + 1, arguments, |column, cell| seen.put_seen(column, cell))?;
            bind::bind_row(&patch, arguments)
        });
        Reply::row(db, name::<Self>("update_if_unchanged"), statement, written::<Self>)
    }
}

/// A table whose rows can be deleted.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # pub struct User {
/// #     pub id: Uuid,
/// #     #[column(unique)]
/// #     pub handle: String,
/// #     pub nickname: Option<String>,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// # }
/// use tablewright::Error;
///
/// async fn leave(db: &mut PgConnection, id: Uuid, others: &[Uuid]) -> Result<bool, Error<UserConstraint>> {
///     let (few, many) = others.split_at(others.len().min(100));
///     User::delete_many(&mut *db, few).await?;
///     User::delete_in_batches(&mut *db, many, 500, |done| println!("{done} deleted")).await?;
///     User::delete(&mut *db, id).await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "rows of `{Self}` are not deleted",
    label = "`Delete` is not derived for this table",
    note = "a table that is `append_only` is only written and read"
)]
pub trait Delete: Table {
    /// `DELETE FROM … WHERE id = $1`, or `UPDATE … SET deleted_at = now()` where the table is soft-deleted.
    const DELETE: &'static str = Self::MODEL.delete;
    /// [`DELETE`](Self::DELETE) with `WHERE id = ANY($1::uuid[])`.
    const DELETE_MANY: &'static str = Self::MODEL.delete_many;

    /// Deletes the row; false where there is no such (live) row. Runs [`DELETE`](Self::DELETE).
    fn delete<'e>(db: impl Executor<'e>, key: Self::Key) -> Reply<'e, Result<bool, Error<Self::Constraint>>> {
        Reply::done(db, name::<Self>("delete"), keyed::<Self>(Self::DELETE, &key), affected::<Self>)
    }

    /// Deletes rows, all or none, and returns how many there were. Runs [`DELETE_MANY`](Self::DELETE_MANY) once per batch
    /// of at most [`BATCH_ROWS`](crate::BATCH_ROWS) keys, as [`insert_many`](Table::insert_many) does.
    fn delete_many<'c>(
        db: impl ConnectionSource<'c>,
        keys: &[Self::Key],
    ) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send {
        trace::within(name::<Self>("delete_many"), batch::delete::<Self, _>(db, keys))
    }

    /// Deletes rows in statements of at most `limit` keys, each of which stands by itself: no long lock, no long
    /// transaction. `progress` is told after each how many rows are deleted so far. Where one fails, those before it stay
    /// deleted: the number that `progress` was told last. Deleting what is deleted does nothing, so it may be called again
    /// with the same keys.
    fn delete_in_batches(
        db: &mut PgConnection,
        keys: &[Self::Key],
        limit: usize,
        progress: impl FnMut(u64) + Send,
    ) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send {
        trace::within(name::<Self>("delete_in_batches"), batch::delete_in_batches::<Self>(db, keys, limit, progress))
    }
}

/// A table whose deleted rows stay until they are purged.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # #[table(soft_delete)]
/// # #[index(customer, created_at desc, id desc)]
/// # #[query(recent_of(customer), order(created_at desc), page)]
/// # pub struct Order {
/// #     pub id: Uuid,
/// #     pub customer: String,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// #     pub deleted_at: Option<DateTime<Utc>>,
/// # }
/// use tablewright::Error;
///
/// async fn undo(pool: &PgPool, id: Uuid) -> Result<(), Error<OrderConstraint>> {
///     Order::delete(pool, id).await?;
///     if !Order::restore(pool, id).await? {
///         Order::purge(pool, id).await?;
///     }
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "deleted rows of `{Self}` are gone",
    label = "`SoftDelete` is not derived for this table",
    note = "`#[table(soft_delete)]` keeps them until they are purged"
)]
pub trait SoftDelete: Delete {
    /// `UPDATE … SET deleted_at = NULL WHERE id = $1 AND deleted_at IS NOT NULL`.
    const RESTORE: &'static str = Self::MODEL.restore;
    /// `DELETE FROM … WHERE id = $1 AND deleted_at IS NOT NULL`.
    const PURGE: &'static str = Self::MODEL.purge;

    /// Brings a deleted row back; false where there is none. Runs [`RESTORE`](Self::RESTORE). It violates a unique
    /// constraint where a live row has taken its place.
    fn restore<'e>(db: impl Executor<'e>, key: Self::Key) -> Reply<'e, Result<bool, Error<Self::Constraint>>> {
        Reply::done(db, name::<Self>("restore"), keyed::<Self>(Self::RESTORE, &key), affected::<Self>)
    }

    /// Removes a **deleted** row for good; false where there is none, and for a live row: delete it first.
    /// Runs [`PURGE`](Self::PURGE).
    fn purge<'e>(db: impl Executor<'e>, key: Self::Key) -> Reply<'e, Result<bool, Error<Self::Constraint>>> {
        Reply::done(db, name::<Self>("purge"), keyed::<Self>(Self::PURGE, &key), affected::<Self>)
    }
}
