//! The tenant of a transaction, which row-level security asks for.

use sqlx::{Postgres, Transaction};

/// The setting that the policies of tenant tables read: `current_setting('app.tenant_id')`.
pub const TENANT_SETTING: &str = "app.tenant_id";

/// `SELECT set_config('app.tenant_id', $1, true)`: `SET LOCAL` with a bound parameter.
pub const SET_TENANT: &str = "SELECT set_config('app.tenant_id', $1, true)";

/// Scopes the rest of the transaction to a tenant: with row-level security, the server shows and takes this tenant's
/// rows only. Runs [`SET_TENANT`].
///
/// The setting ends with the transaction, so it is right behind a pooler that gives each transaction another session
/// (`PgBouncer` with `pool_mode = transaction`); that is why a [`Transaction`] is asked for and no connection does.
/// **The policies do not hold for superusers, for roles with `BYPASSRLS`, and for the table's owner** unless the table has
/// `FORCE ROW LEVEL SECURITY`: the program's role should be none of them. The helpers take the tenant in every key, whether
/// or not a policy stands behind them.
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
