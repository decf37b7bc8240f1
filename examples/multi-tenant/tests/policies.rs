//! The policies alone: SQL that names no tenant, as a role that is no superuser, and as the tables' owner.

use multi_tenant::models::{Invoice, InvoicePatch};
use multi_tenant::{Result, steps};
use sqlx::{AssertSqlSafe, Executor as _, PgConnection, PgPool, raw_sql};
use tablewright::prelude::*;

async fn count(db: &mut PgConnection, table: &str) -> Result<i64> {
    let sql = format!("SELECT count(*) FROM {table}");
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(db).await?)
}

/// The SQLSTATE of what has to fail, within a savepoint, so that the transaction goes on.
async fn refused(db: &mut PgConnection, sql: &str) -> Result<String> {
    db.execute("SAVEPOINT attempt").await?;
    let error = db.execute(raw_sql(AssertSqlSafe(sql.to_owned()))).await.err().ok_or("it was not refused")?;
    db.execute("ROLLBACK TO SAVEPOINT attempt").await?;
    Ok(error.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned())
}

#[tokio::test]
async fn sql_without_a_tenant_sees_one_tenant() -> Result {
    let database = schema_tempdb::database();
    let pool = PgPool::connect(database.url()).await?;
    multi_tenant::MIGRATIONS.run(&pool).await?;
    let role = steps::create_role(&pool).await?;
    let (north, ada, _) = steps::move_in(&pool, "North", &[1, 2, 3]).await?;
    let (south, _, theirs) = steps::move_in(&pool, "South", &[1, 2]).await?;

    let mut transaction = steps::begin(&pool, &role, &north).await?;
    assert_eq!(count(&mut transaction, "invoices").await?, 3);
    assert_eq!(count(&mut transaction, "customers").await?, 1);
    assert_eq!(count(&mut transaction, "domains").await?, 0);
    let id = theirs[0].id;
    let found = sqlx::query("SELECT 1 FROM invoices WHERE id = $1").bind(id).fetch_optional(&mut *transaction).await?;
    assert!(found.is_none());
    for sql in [
        "UPDATE invoices SET total_amount = 0 WHERE id = $1",
        "UPDATE invoices SET total_amount = 0 WHERE tenant_id <> nullif(current_setting('app.tenant_id'), '')::uuid \
         AND id = $1",
        "DELETE FROM invoices WHERE id = $1",
    ] {
        assert_eq!(sqlx::query(sql).bind(id).execute(&mut *transaction).await?.rows_affected(), 0, "{sql}");
    }
    // Neither a new row for another tenant, nor an own one given away.
    let insert = format!("INSERT INTO customers (tenant_id, email, name) VALUES ('{}', 'x', 'x')", south.id);
    assert_eq!(refused(&mut transaction, &insert).await?, "42501");
    let give = format!("UPDATE customers SET tenant_id = '{}' WHERE id = '{}'", south.id, ada.id);
    assert_eq!(refused(&mut transaction, &give).await?, "42501");
    // The helpers work within the policies, and cannot be talked out of them by another tenant's key.
    assert!(Invoice::find(&mut *transaction, (south.id, id)).await?.is_none());
    let patch = InvoicePatch { total_amount: Some(Decimal::ZERO), ..InvoicePatch::default() };
    assert!(Invoice::update(&mut *transaction, (south.id, id), patch).await?.is_none());
    assert_eq!(Invoice::count(&mut *transaction, north.id).await?, 3);
    transaction.commit().await?;

    // The same session afterwards: the setting is '' now and not NULL, and there is no tenant.
    let mut session = pool.acquire().await?;
    session.execute(raw_sql(AssertSqlSafe(format!("SET ROLE {role}")))).await?;
    for table in ["invoices", "customers", "domains"] {
        assert_eq!(count(&mut session, table).await?, 0, "{table}");
    }
    session.execute("BEGIN").await?;
    assert_eq!(refused(&mut session, &insert).await?, "42501");
    session.execute("ROLLBACK").await?;
    session.execute("SET app.tenant_id = ''").await?;
    assert_eq!(count(&mut session, "invoices").await?, 0, "'' is no tenant, and no error");
    session.execute("RESET ROLE").await?;
    assert_eq!(count(&mut session, "invoices").await?, 5, "nothing was changed");
    Ok(())
}

#[tokio::test]
async fn the_owner_is_held_to_them_and_an_index_still_serves() -> Result {
    let database = schema_tempdb::database();
    let pool = PgPool::connect(database.url()).await?;
    multi_tenant::MIGRATIONS.run(&pool).await?;
    let role = steps::create_role(&pool).await?;
    let (north, ..) = steps::move_in(&pool, "North", &[1, 2, 3]).await?;
    steps::move_in(&pool, "South", &[1, 2]).await?;
    for table in ["invoices", "customers"] {
        pool.execute(raw_sql(AssertSqlSafe(format!("ALTER TABLE {table} OWNER TO {role}")))).await?;
    }
    let mut transaction = steps::begin(&pool, &role, &north).await?;
    assert_eq!(count(&mut transaction, "invoices").await?, 3, "FORCE ROW LEVEL SECURITY");
    // The condition of the policy is one that an index can look up.
    transaction.execute("SET LOCAL enable_seqscan = off").await?;
    let plan: Vec<String> = sqlx::query_scalar("EXPLAIN SELECT * FROM customers").fetch_all(&mut *transaction).await?;
    let plan = plan.join("\n");
    assert!(plan.contains("Index Cond: (tenant_id = (NULLIF(current_setting("), "{plan}");
    Ok(())
}
