//! Two tenants, and who asks as one of them for the rows of the other.

use std::collections::BTreeSet;

use multi_tenant::models::{Customer, Invoice, Tenant};
use multi_tenant::{Result, steps};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Executor as _, PgPool, raw_sql};
use tablewright::prelude::*;
use tablewright_test::Database;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// Past every policy.
    Superuser,
    /// The role that the program works as.
    Program,
    /// The owner of the tables, who is no superuser.
    Owner,
}

pub struct Two {
    _database: Database,
    pub asker: Asker,
    /// One session of who asks, as the tenant `north`.
    pub pool: PgPool,
    /// A superuser's.
    pub all: PgPool,
    /// The one who asks, with invoices 1, 2 and 3.
    pub north: Tenant,
    pub ada: Customer,
    pub own: Vec<Invoice>,
    /// The one who is asked about, with invoices 1 to 4.
    pub south: Tenant,
    pub bea: Customer,
    pub theirs: Vec<Invoice>,
}

impl Two {
    pub async fn new(asker: Asker) -> Result<Self> {
        let database = tablewright_test::database();
        let all = PgPool::connect(database.url()).await?;
        multi_tenant::MIGRATIONS.run(&all).await?;
        let role = steps::create_role(&all).await?;
        let (north, ada, own) = steps::move_in(&all, "North", &[1, 2, 3]).await?;
        let (south, bea, theirs) = steps::move_in(&all, "South", &[1, 2, 3, 4]).await?;
        if asker == Asker::Owner {
            for table in ["customers", "domains", "invoices"] {
                all.execute(raw_sql(AssertSqlSafe(format!("ALTER TABLE {table} OWNER TO {role}")))).await?;
            }
        }
        let role = if asker == Asker::Superuser { "NONE".to_owned() } else { role };
        let enter = format!("SET ROLE {role}; SET app.tenant_id = '{}'", north.id);
        let one = PgPoolOptions::new().max_connections(1).after_connect(move |connection, _| {
            let enter = enter.clone();
            Box::pin(async move { connection.execute(raw_sql(AssertSqlSafe(enter))).await.map(drop) })
        });
        let pool = one.connect(database.url()).await?;
        Ok(Self { _database: database, asker, pool, all, north, ada, own, south, bea, theirs })
    }

    /// The keys of the other tenant's invoices, as the one who asks would have to guess them.
    pub fn guessed(&self) -> Vec<(Uuid, Uuid)> {
        self.theirs.iter().map(|invoice| (self.north.id, invoice.id)).collect()
    }

    /// What the other tenant has is unchanged.
    pub async fn untouched(&self) -> Result {
        let keys: Vec<_> = self.theirs.iter().map(|invoice| (self.south.id, invoice.id)).collect();
        let mut now = Invoice::find_many(&self.all, &keys).await?;
        now.sort_by_key(|invoice| invoice.number);
        assert_eq!(now, self.theirs);
        assert_eq!(Customer::find(&self.all, (self.south.id, self.bea.id)).await?.as_ref(), Some(&self.bea));
        Ok(())
    }

    /// The helpers whose statements the session prepared: `query_comments = true` lets each say its name. A load has no
    /// statement that is prepared, and no policy lets one in.
    pub async fn sent(&self) -> Result<BTreeSet<String>> {
        let sql = "SELECT statement FROM pg_prepared_statements";
        let texts: Vec<String> = sqlx::query_scalar(sql).fetch_all(&self.pool).await?;
        let names = texts.iter().filter_map(|text| text.strip_prefix("/* ")?.split_once(" */"));
        Ok(names.map(|(name, _)| name.to_owned()).collect())
    }
}

/// The helpers of the tables that have a tenant, as `cargo schema seal` recorded them, less the loads.
pub fn helpers() -> BTreeSet<String> {
    let recorded = include_str!("../../schema.statements");
    let names = recorded.lines().filter_map(|line| line.strip_prefix("      \"")?.split_once("\": {"));
    let names = names.map(|(name, _)| name.split_once('/').map_or(name, |(helper, _)| helper).to_owned());
    let asked =
        |name: &String| name.split_once('.').is_some_and(|(table, helper)| table != "tenants" && helper != "copy");
    let found: BTreeSet<String> = names.filter(asked).collect();
    assert!(found.len() > 50, "{found:?}");
    found
}
