//! `CREATE EXTENSION`.

use crate::sql::ident::quote;

/// `CREATE EXTENSION`, where it does not exist yet.
#[must_use]
pub fn create_extension(name: &str) -> String {
    format!("CREATE EXTENSION IF NOT EXISTS {};", quote(name))
}

/// `DROP EXTENSION`.
#[must_use]
pub fn drop_extension(name: &str) -> String {
    format!("DROP EXTENSION {};", quote(name))
}
