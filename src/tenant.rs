//! The tenant of a transaction, which row-level security asks for.

use std::fmt;
use std::ops::{Deref, DerefMut};

use sqlx::{PgConnection, Postgres, Transaction};

use crate::scope::Scope;
use crate::transaction::Tx;

/// The setting that the policies of tenant tables read: `nullif(current_setting('app.tenant_id', true), '')`.
///
/// ```
/// use tablewright::{SET_TENANT, TENANT_SETTING};
///
/// assert!(SET_TENANT.contains(TENANT_SETTING));
/// ```
pub const TENANT_SETTING: &str = "app.tenant_id";

/// `SELECT set_config('app.tenant_id', $1, true)`: `SET LOCAL` with a bound parameter.
///
/// ```no_run
/// use tablewright::{SET_TENANT, sqlx};
///
/// async fn scope(transaction: &mut sqlx::Transaction<'_, sqlx::Postgres>, tenant: &str) -> sqlx::Result<()> {
///     sqlx::query(SET_TENANT).bind(tenant).execute(&mut **transaction).await?;
///     Ok(())
/// }
/// ```
pub const SET_TENANT: &str = "SELECT set_config('app.tenant_id', $1, true)";

const TENANT: &str = "SELECT current_setting('app.tenant_id', true)";

mod sealed {
    pub trait Sealed {}

    impl Sealed for sqlx::Transaction<'_, sqlx::Postgres> {}
    impl Sealed for crate::transaction::Tx<'_> {}
    impl Sealed for super::TenantScope<'_> {}
}

/// What a transaction is open on: sqlx's [`Transaction`], the [`Tx`] of [`transaction`](crate::transaction()), and a
/// [`TenantScope`]. A connection is none, since a setting that is not of a transaction would reach its next user.
///
/// ```no_run
/// use tablewright::{InTransaction, set_tenant, sqlx};
///
/// async fn for_support(db: &mut impl InTransaction, tenant: u64) -> sqlx::Result<()> {
///     set_tenant(db, tenant).await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "no transaction is open on `{Self}`",
    label = "the tenant is set for a transaction",
    note = "write `&mut transaction`, of `pool.begin()` or of `tablewright::transaction(&pool, |mut transaction| async move {{ … }})`"
)]
pub trait InTransaction: DerefMut<Target = PgConnection> + sealed::Sealed {}

impl InTransaction for Transaction<'_, Postgres> {}
impl InTransaction for Tx<'_> {}
impl InTransaction for TenantScope<'_> {}

/// Scopes the rest of the transaction to a tenant: with row-level security, the server shows and takes this tenant's
/// rows only. Runs [`SET_TENANT`].
///
/// With `tenant = "tenant_id"` in `schema.toml`, each table with that column has such a policy, `{table}_tenant`. A
/// transaction that sets no tenant sees no row and writes none.
///
/// The setting ends with the transaction, whether it commits or not, so the next user of the connection does not inherit
/// it. `PgBouncer` with `pool_mode = transaction` gives each transaction whichever session is free: a setting of the
/// session (`SET`, or `set_config` with `false`) would by then affect another client; this one does not. That is why a
/// [`Transaction`] is required and a connection is not enough, and why a statement outside a transaction has no tenant. With
/// `pool_mode = statement` there are no transactions, and so no tenants.
///
/// **The policies do not apply to superusers and roles with `BYPASSRLS`**: the program's role should be neither. They
/// do apply to the table's owner (`FORCE ROW LEVEL SECURITY`), so whatever works on the rows of all tenants, such as a dump or a
/// backfill, signs in as a role with `BYPASSRLS`. The helpers take the tenant in every key, whether or not a policy
/// backs them.
///
/// ```no_run
/// use tablewright::{set_tenant, sqlx};
///
/// async fn of_tenant(pool: &sqlx::PgPool, tenant: u64) -> sqlx::Result<()> {
///     let mut transaction = pool.begin().await?;
///     set_tenant(&mut transaction, tenant).await?;
///     sqlx::query("UPDATE invoices SET seen_at = now()").execute(&mut *transaction).await?;
///     transaction.commit().await
/// }
/// ```
///
/// **In a savepoint it outlives the savepoint**: released, it leaves the tenant to the transaction around it, and only a
/// rollback takes it back. A part of a transaction that works for another tenant is a [`begin_tenant`].
///
/// # Errors
/// Those of the connection.
pub async fn set_tenant(transaction: &mut impl InTransaction, tenant: impl fmt::Display) -> sqlx::Result<()> {
    sqlx::query(SET_TENANT).bind(tenant.to_string()).execute(&mut **transaction).await?;
    Ok(())
}

/// Begins a part of a transaction that works for a tenant: a savepoint with [`set_tenant`]. The tenant of before is back when
/// it ends, whichever way.
///
/// ```no_run
/// use tablewright::{begin_tenant, set_tenant, sqlx};
///
/// async fn invoice_both(pool: &sqlx::PgPool, one: u64, other: u64) -> sqlx::Result<()> {
///     let mut transaction = pool.begin().await?;
///     set_tenant(&mut transaction, one).await?;
///     let mut scoped = begin_tenant(&mut transaction, other).await?;
///     sqlx::query("UPDATE invoices SET seen_at = now()").execute(&mut *scoped).await?;
///     scoped.commit().await?;
///     // The rows of `one` again.
///     sqlx::query("UPDATE invoices SET seen_at = now()").execute(&mut *transaction).await?;
///     transaction.commit().await
/// }
/// ```
///
/// # Errors
/// Those of the connection.
pub async fn begin_tenant(
    transaction: &mut impl InTransaction,
    tenant: impl fmt::Display,
) -> sqlx::Result<TenantScope<'_>> {
    let tenant = tenant.to_string();
    let mut scope = Scope::on(&mut **transaction);
    scope.open().await?;
    let before: Option<String> = sqlx::query_scalar(TENANT).fetch_one(&mut *scope).await?;
    sqlx::query(SET_TENANT).bind(tenant).execute(&mut *scope).await?;
    Ok(TenantScope { scope, before: before.unwrap_or_default() })
}

/// A part of a transaction that works for a tenant, of [`begin_tenant`]: `&mut *scoped` is the executor of its statements.
/// Dropped without [`commit`](Self::commit), it is rolled back.
///
/// ```no_run
/// use tablewright::{TenantScope, sqlx};
///
/// async fn seen(mut scoped: TenantScope<'_>) -> sqlx::Result<()> {
///     sqlx::query("UPDATE invoices SET seen_at = now()").execute(&mut *scoped).await?;
///     scoped.commit().await
/// }
/// ```
pub struct TenantScope<'t> {
    scope: Scope<&'t mut PgConnection>,
    before: String,
}

impl TenantScope<'_> {
    /// Ends it: what was done stays, if the transaction does, and the tenant of before is back.
    ///
    /// ```no_run
    /// use tablewright::{begin_tenant, sqlx};
    ///
    /// async fn nothing(transaction: &mut sqlx::PgTransaction<'_>) -> sqlx::Result<()> {
    ///     begin_tenant(transaction, 7).await?.commit().await
    /// }
    /// ```
    ///
    /// # Errors
    /// Those of the connection. If a statement failed before, the server refuses (25P02), and all of it is rolled back.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        sqlx::query(SET_TENANT).bind(&self.before).execute(&mut *self.scope).await?;
        self.scope.commit().await
    }
}

impl Deref for TenantScope<'_> {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.scope
    }
}

impl DerefMut for TenantScope<'_> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.scope
    }
}

impl fmt::Debug for TenantScope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TenantScope").finish_non_exhaustive()
    }
}
