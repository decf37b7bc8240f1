//! What may be done with a table's rows after they are inserted, as traits. The functions are those of [`Table`](crate::Table),
//! which require them, so a call that a table does not allow is one error that says so.

use crate::bind::{Cell, Put, Row};
use crate::table::Table;

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
    note = "a table that is `append_only` or a `junction` is only written and read, and so is one without a column that may change"
)]
pub trait Update: Table {
    /// What may change, each part left out by default: `OrderPatch`.
    type Patch: Row + Send + Sync;

    /// `UPDATE … SET status = COALESCE($2::text, status), …, updated_at = now() WHERE id = $1 RETURNING …`.
    const UPDATE: &'static str = Self::MODEL.update;
    /// `UPDATE … FROM UNNEST($1::uuid[], …) AS new_rows … WHERE orders.id = new_rows.id`; empty where a column is an array.
    const UPDATE_MANY: &'static str = Self::MODEL.update_many;
}

/// A table whose rows show that they changed: by `lock_version`, an integer that every generated statement raises, or
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
/// /// False if someone else was faster: read the row again.
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
}
