//! The tenant of a transaction, which row-level security asks for.

use sqlx::{Postgres, Transaction};

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
/// # Errors
/// Those of the connection.
pub async fn set_tenant(
    transaction: &mut Transaction<'_, Postgres>,
    tenant: impl std::fmt::Display,
) -> sqlx::Result<()> {
    sqlx::query(SET_TENANT).bind(tenant.to_string()).execute(&mut **transaction).await?;
    Ok(())
}
