//! `COPY … FROM STDIN (FORMAT binary)`: loads of any length in the memory of one chunk.

use sqlx::postgres::PgArgumentBuffer;
use sqlx::{Connection as _, PgConnection};

use crate::bind::{self, CopyError};
use crate::cancel;
use crate::error::Error;
use crate::table::Table;

/// How many bytes are gathered before they are sent.
const CHUNK: usize = 64 * 1024;

/// The signature, no flags, no extension: <https://www.postgresql.org/docs/current/sql-copy.html>.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const TRAILER: [u8; 2] = (-1_i16).to_be_bytes();

pub(crate) async fn copy_in<T: Table>(
    connection: &mut PgConnection,
    rows: impl Iterator<Item = T::New> + Send,
) -> Result<u64, Error<T::Constraint>> {
    if T::COPY.is_empty() {
        let why = format!("copy_in: {} has a column that COPY cannot take without asking the server", T::NAME);
        return Err(Error::Sqlx(sqlx::Error::Encode(why.into())));
    }
    // What a dropped statement left does not belong to the copy.
    connection.flush().await?;
    let mut session = Copying { connection, is_over: false };
    let begun = session.connection.copy_in_raw(T::COPY).await;
    let mut copy = match begun {
        Ok(copy) => copy,
        Err(error) => {
            session.is_over = is_answer(&error);
            return Err(Error::of::<T>(error));
        }
    };
    let mut chunk = PgArgumentBuffer::default();
    chunk.extend_from_slice(HEADER);
    for (index, row) in rows.enumerate() {
        if let Err(error) = bind::copy_row(T::MODEL.copy_columns, &row, &mut chunk) {
            // Nothing is loaded, whatever was sent before.
            let why = match error {
                CopyError::Encode(error) => format!("copy_in: the row {index} (from 0): {error}"),
                CopyError::LeftOut(column) => format!(
                    "copy_in: the row {index} (from 0) leaves out {}: COPY knows no defaults for single rows, so give it \
                     a value",
                    column_of(T::COPY, column)
                ),
            };
            // If the server had refused a row before, sqlx does not read its answer to the end.
            session.is_over = copy.abort(why.clone()).await.is_ok();
            return Err(Error::Sqlx(sqlx::Error::Encode(why.into())));
        }
        if chunk.len() >= CHUNK {
            // A new buffer: the old one also remembers where each value's type might matter, which COPY does not ask.
            let full = std::mem::take(&mut chunk);
            copy.send(&full[..]).await?;
        }
    }
    chunk.extend_from_slice(&TRAILER);
    copy.send(&chunk[..]).await?;
    let loaded = copy.finish().await;
    session.is_over = loaded.as_ref().err().is_none_or(is_answer);
    loaded.map_err(Error::of::<T>)
}

/// The server's own error ends the copy, and sqlx has read it to the end.
fn is_answer(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some()
}

/// A connection in a `COPY`: closed if that does not finish, because sqlx counts none of its answers.
struct Copying<'c> {
    connection: &'c mut PgConnection,
    is_over: bool,
}

impl Drop for Copying<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            cancel::close(self.connection);
        }
    }
}

/// The name of a column in `COPY table (a, b) FROM …`.
fn column_of(copy: &str, column: usize) -> &str {
    let list = copy.split_once(" (").map_or("", |(_, list)| list);
    let list = list.rsplit_once(") FROM").map_or("", |(list, _)| list);
    list.split(", ").nth(column).unwrap_or("a column")
}
