//! `CREATE EXTENSION`.

use crate::schema::Object;
use crate::sql::ident::quote;
use crate::sql::statement::Statement;

/// `CREATE EXTENSION`, where it does not exist yet.
#[must_use]
pub fn create_extension(name: &str) -> Statement {
    Statement::from(format!("CREATE EXTENSION IF NOT EXISTS {};", quote(name)))
        .makes(Object::Extension(name.to_owned()))
}

/// `DROP EXTENSION`.
#[must_use]
pub fn drop_extension(name: &str) -> Statement {
    Statement::from(format!("DROP EXTENSION {};", quote(name))).drops(Object::Extension(name.to_owned()))
}
