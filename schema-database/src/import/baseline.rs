//! The migration that creates what already exists, marked as applied.

use std::path::Path;
use std::time::Duration;

use sqlx::{Connection as _, PgConnection};

use crate::apply::{self, table};
use crate::{Connection, Error};

/// What came of marking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The migrations are marked.
    Marked(usize),
    /// The database knows migrations already: whether they are these is for a person to say.
    Known(usize),
}

/// Marks the migrations of a folder as applied, where the database knows of none.
///
/// # Errors
/// A folder that cannot be read, a role that may not write.
pub async fn mark(connection: &mut Connection, folder: &Path) -> Result<Baseline, Error> {
    let other = |problem: String| Error::Other { doing: format!("read {}", folder.display()).into(), problem };
    let files = apply::files(folder).await.map_err(|error| other(error.to_string()))?;
    let failed = connection.failed("mark the migration as applied");
    marked(connection.sql(), &files).await.map_err(failed)
}

async fn marked(connection: &mut PgConnection, files: &[apply::File]) -> Result<Baseline, sqlx::Error> {
    let mut transaction = connection.begin().await?;
    table::create(&mut transaction).await?;
    let known = table::applied(&mut transaction).await?.len();
    if known > 0 {
        transaction.rollback().await?;
        return Ok(Baseline::Known(known));
    }
    for file in files {
        table::record(&mut transaction, file).await?;
        table::took(&mut transaction, file, Duration::ZERO).await?;
    }
    transaction.commit().await?;
    Ok(Baseline::Marked(files.len()))
}
