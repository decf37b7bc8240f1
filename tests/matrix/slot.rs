//! A database that is emptied before each cell, with its sessions.

use std::str::FromStr as _;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use tablewright_core::sql::quote;

use super::cell::Who;
use super::dependents::APPLICATION;
use crate::harness::database::execute;
use crate::harness::program::{Kept, Program};
use crate::harness::values::Values;

/// The owner of the tables where that is not the superuser.
pub const OWNER: &str = "matrix_owner";
const PASSWORD: &str = "secret";

/// The roles, which are the server's.
const ROLES: &str = "DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'matrix_application') THEN
        CREATE ROLE matrix_application LOGIN PASSWORD 'secret';
        CREATE ROLE matrix_owner LOGIN PASSWORD 'secret';
    END IF;
END $$";

/// What is in no schema goes by its name.
const CLEAR: &str = "RESET ROLE;
DROP PUBLICATION IF EXISTS told;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO PUBLIC";

/// A release of the program, with a session that it keeps.
pub struct Release {
    name: &'static str,
    connection: PgConnection,
    kept: Kept,
}

impl Release {
    async fn new(name: &'static str, url: &str) -> Self {
        Self { name, connection: connect(url, Some(APPLICATION)).await, kept: Kept::default() }
    }

    /// Runs every statement of the models; if nothing is to stay, in a transaction that is rolled back.
    pub async fn works(
        &mut self,
        values: Values<'_>,
        full_rows: bool,
        row: usize,
        rolled_back: bool,
    ) -> Result<(), String> {
        let program = Program { name: self.name, values, full_rows, kept: Some(&self.kept) };
        if !rolled_back {
            return program.works(&mut self.connection, row).await;
        }
        execute(&mut self.connection, "BEGIN").await?;
        let done = program.works(&mut self.connection, row).await;
        execute(&mut self.connection, "ROLLBACK").await?;
        done
    }

    /// The session has no statement of another time.
    pub async fn forget(&mut self) {
        execute(&mut self.connection, "ROLLBACK").await.unwrap();
        execute(&mut self.connection, "DISCARD ALL").await.unwrap();
        self.kept = Kept::default();
    }
}

/// How often a database is emptied: its catalog grows each time, and the time that everything takes grows with it.
const RENEWED: usize = 500;

/// One of the databases.
pub struct Slot {
    pub superuser: PgConnection,
    owner: Option<PgConnection>,
    pub old: Release,
    pub new: Release,
    /// How often it was emptied.
    emptied: usize,
    // Dropped last.
    pub database: tablewright_tempdb::Database,
}

pub async fn connect(url: &str, role: Option<&str>) -> PgConnection {
    let mut options = PgConnectOptions::from_str(url).unwrap().disable_statement_logging();
    if let Some(role) = role {
        options = options.username(role).password(PASSWORD);
    }
    PgConnection::connect_with(&options).await.unwrap()
}

impl Slot {
    pub async fn new() -> Self {
        let database = tokio::task::spawn_blocking(tablewright_tempdb::database).await.unwrap();
        let mut superuser = connect(database.url(), None).await;
        execute(&mut superuser, ROLES).await.unwrap();
        let old = Release::new("the old release", database.url()).await;
        let new = Release::new("the new release", database.url()).await;
        Self { superuser, owner: None, old, new, emptied: 0, database }
    }

    /// Takes everything away.
    pub async fn clear(&mut self) {
        self.emptied += 1;
        if self.emptied > RENEWED {
            *self = Self::new().await;
            return;
        }
        // A file may have ended in the middle of a transaction.
        execute(&mut self.superuser, "ROLLBACK").await.unwrap();
        self.old.forget().await;
        self.new.forget().await;
        self.owner = None;
        execute(&mut self.superuser, CLEAR).await.unwrap();
    }

    /// What is created belongs to the ordinary role, which then runs the files.
    pub async fn owned(&mut self) -> Result<(), String> {
        let name = quote(self.database.name());
        let owner = format!("ALTER DATABASE {name} OWNER TO {OWNER}; ALTER SCHEMA public OWNER TO {OWNER}");
        execute(&mut self.superuser, &owner).await?;
        self.owner = Some(connect(self.database.url(), Some(OWNER)).await);
        Ok(())
    }

    /// The session that runs the files.
    pub fn migrator(&mut self, who: Who) -> &mut PgConnection {
        match &mut self.owner {
            Some(owner) if who != Who::Superuser => owner,
            _ => &mut self.superuser,
        }
    }
}
