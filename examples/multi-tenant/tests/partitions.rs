//! A partitioned table of tenants: whoever names a partition gets past no policy. And transactions that work for two tenants.
#![allow(missing_docs, reason = "a test's models")]

use std::sync::atomic::{AtomicU64, Ordering};

use multi_tenant::models::Tenant;
use multi_tenant::{Result, steps};
use sqlx::{Acquire as _, AssertSqlSafe, Executor as _, PgConnection, PgPool, raw_sql};
use tablewright::prelude::*;
use tablewright::{AnyError, InTransaction, begin_tenant, set_tenant, transaction};
use tablewright_test::Database;

/// Something that happened.
#[derive(Debug, PartialEq, Table)]
#[table(append_only, partition_by = "RANGE (created_at)", primary_key(id, created_at))]
#[partition(events_2026, values = "FROM ('2026-01-01') TO ('2027-01-01')")]
#[partition(events_rest, default)]
#[index(tenant_id, created_at)]
pub struct Event {
    pub id: Uuid,
    #[references(Tenant, on_delete = cascade)]
    pub tenant_id: Uuid,
    pub note: String,
    pub created_at: DateTime<Utc>,
}

struct Both {
    _database: Database,
    pool: PgPool,
    role: String,
    north: Tenant,
    south: Tenant,
}

/// Two tenants with an event each, of which the role may read and write everything.
async fn both() -> Result<Both> {
    let database = tablewright_test::database();
    let pool = PgPool::connect(database.url()).await?;
    multi_tenant::MIGRATIONS.run(&pool).await?;
    let own = [Event::CREATE_TABLE, Event::CREATE_PARTITIONS, Event::CREATE_INDEXES, Event::CREATE_POLICIES];
    for statement in own {
        pool.execute(raw_sql(statement)).await?;
    }
    let role = steps::create_role(&pool).await?;
    pool.execute(raw_sql(AssertSqlSafe(format!("GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")))).await?;
    let (north, ..) = steps::move_in(&pool, "North", &[1]).await?;
    let (south, ..) = steps::move_in(&pool, "South", &[1]).await?;
    for tenant in [&north, &south] {
        Event::insert(&pool, event(tenant, "2026-05-01")).await?;
    }
    Ok(Both { _database: database, pool, role, north, south })
}

static NEXT: AtomicU64 = AtomicU64::new(1);

fn event(tenant: &Tenant, day: &str) -> NewEvent {
    let created_at = format!("{day}T12:00:00Z").parse().ok();
    let id = Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into());
    NewEvent { id, tenant_id: tenant.id, note: tenant.name.clone(), optional: EventOptional { created_at } }
}

async fn notes(db: &mut PgConnection, table: &str) -> Result<Vec<String>> {
    let sql = format!("SELECT note FROM {table} ORDER BY note");
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(db).await?)
}

/// Everything that a role can ask of the partitions, within its transaction.
async fn asks(db: &mut PgConnection, both: &Both) -> Result {
    assert_eq!(notes(db, "events").await?, ["North"]);
    for partition in ["events_2026", "events_rest"] {
        assert_eq!(notes(db, partition).await?, [""; 0], "{partition}");
        for sql in [format!("UPDATE {partition} SET note = 'x'"), format!("DELETE FROM {partition}")] {
            assert_eq!(db.execute(raw_sql(AssertSqlSafe(sql))).await?.rows_affected(), 0);
        }
        let insert = format!("INSERT INTO {partition} (tenant_id, note) VALUES ('{}', 'x')", both.north.id);
        let mut attempt = db.begin().await?;
        let error = attempt.execute(raw_sql(AssertSqlSafe(insert))).await.unwrap_err();
        attempt.rollback().await?;
        assert!(error.to_string().contains("row-level security policy"), "{error}");
    }
    // By its own name the table takes rows into each partition, moves them and gives them back.
    Event::insert(&mut *db, event(&both.north, "2020-01-01")).await?;
    let moved = "UPDATE events SET created_at = created_at + INTERVAL '10 years', note = 'moved'";
    assert_eq!(sqlx::query(moved).execute(&mut *db).await?.rows_affected(), 2);
    assert_eq!(notes(db, "events").await?, ["moved", "moved"]);
    assert_eq!(db.execute("DELETE FROM events").await?.rows_affected(), 2);
    Ok(())
}

#[tokio::test]
async fn a_partition_shows_nothing_past_the_policies_of_its_table() -> Result {
    let both = both().await?;
    for owner in [false, true] {
        if owner {
            for table in ["events", "events_2026", "events_rest"] {
                let sql = format!("ALTER TABLE {table} OWNER TO {}", both.role);
                both.pool.execute(raw_sql(AssertSqlSafe(sql))).await?;
            }
        }
        let mut transaction = steps::begin(&both.pool, &both.role, &both.north).await?;
        asks(&mut transaction, &both).await?;
        transaction.rollback().await?;
    }
    // What the server does by itself for a foreign key is held to no policy, in partitions either.
    sqlx::query("DELETE FROM invoices").execute(&both.pool).await?;
    sqlx::query("DELETE FROM customers").execute(&both.pool).await?;
    sqlx::query("DELETE FROM tenants WHERE id = $1").bind(both.south.id).execute(&both.pool).await?;
    assert_eq!(notes(&mut *both.pool.acquire().await?, "events_2026").await?, ["North"]);
    Ok(())
}

#[tokio::test]
async fn a_tenant_of_a_savepoint_stays_unless_it_is_a_part() -> Result {
    let both = both().await?;
    let mut transaction = steps::begin(&both.pool, &both.role, &both.north).await?;
    // As documented: the setting outlives a savepoint that is released.
    let mut savepoint = transaction.begin().await?;
    set_tenant(&mut savepoint, both.south.id).await?;
    savepoint.commit().await?;
    assert_eq!(notes(&mut transaction, "events").await?, ["South"]);
    let mut savepoint = transaction.begin().await?;
    set_tenant(&mut savepoint, both.north.id).await?;
    savepoint.rollback().await?;
    assert_eq!(notes(&mut transaction, "events").await?, ["South"]);

    // A part gives the tenant of before back, whichever way it ends.
    let mut part = begin_tenant(&mut transaction, both.north.id).await?;
    assert_eq!(notes(&mut part, "events").await?, ["North"]);
    Event::insert(&mut *part, event(&both.north, "2026-06-01")).await?;
    let inner = begin_tenant(&mut part, both.south.id).await?;
    inner.commit().await?;
    assert_eq!(notes(&mut part, "events").await?, ["North", "North"]);
    part.commit().await?;
    assert_eq!(notes(&mut transaction, "events").await?, ["South"]);

    let mut dropped = begin_tenant(&mut transaction, both.north.id).await?;
    Event::insert(&mut *dropped, event(&both.north, "2026-07-01")).await?;
    drop(dropped);
    assert_eq!(notes(&mut transaction, "events").await?, ["South"]);

    let mut failed = begin_tenant(&mut transaction, both.north.id).await?;
    assert!(failed.execute("SELECT 1 / 0").await.is_err());
    let error = failed.commit().await.unwrap_err();
    assert_eq!(error.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref(), Some("25P02"));
    assert_eq!(notes(&mut transaction, "events").await?, ["South"]);
    transaction.commit().await?;

    let mut session = both.pool.acquire().await?;
    let count = "SELECT count(*) FROM events";
    assert_eq!(
        sqlx::query_scalar::<_, i64>(count).fetch_one(&mut *session).await?,
        3,
        "the one of the part that ended"
    );
    Ok(())
}

#[tokio::test]
async fn a_part_of_a_transaction_that_had_no_tenant_leaves_none() -> Result {
    let both = both().await?;
    let (role, tenant) = (both.role.clone(), both.north.id);
    transaction(&both.pool, |mut db| {
        let role = role.clone();
        async move {
            db.execute(raw_sql(AssertSqlSafe(format!("SET LOCAL ROLE {role}")))).await?;
            assert_eq!(seen(&mut db).await?, 0);
            let mut part = begin_tenant(&mut db, tenant).await?;
            assert_eq!(seen(&mut part).await?, 1);
            part.commit().await?;
            assert_eq!(seen(&mut db).await?, 0);
            set_tenant(&mut db, tenant).await?;
            assert_eq!(seen(&mut db).await?, 1);
            Ok::<_, AnyError>(())
        }
    })
    .await?;
    Ok(())
}

async fn seen(db: &mut impl InTransaction) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM events").fetch_one(&mut **db).await
}
