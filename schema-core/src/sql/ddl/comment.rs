//! `COMMENT ON`.

use crate::schema::{Object, Table};
use crate::sql::ident::{literal, quote};
use crate::sql::statement::Statement;

/// The comments of a table and its columns, as statements.
#[must_use]
pub fn comments(table: &Table) -> Vec<Statement> {
    let on_table = table.comment.iter().map(|comment| comment_on_table(&table.name, Some(comment)));
    let on_columns = table.columns.iter().filter_map(|column| {
        let comment = column.comment.as_deref()?;
        Some(comment_on_column(&table.name, &column.name, Some(comment)))
    });
    on_table.chain(on_columns).collect()
}

/// `COMMENT ON TABLE`; no comment removes the existing one.
#[must_use]
pub fn comment_on_table(table: &str, comment: Option<&str>) -> Statement {
    Statement::from(format!("COMMENT ON TABLE {} IS {};", quote(table), text(comment))).changes(Object::table(table))
}

/// `COMMENT ON COLUMN`; no comment removes the existing one.
#[must_use]
pub fn comment_on_column(table: &str, column: &str, comment: Option<&str>) -> Statement {
    Statement::from(format!("COMMENT ON COLUMN {}.{} IS {};", quote(table), quote(column), text(comment)))
        .changes(Object::column(table, column))
}

fn text(comment: Option<&str>) -> String {
    comment.map_or_else(|| "NULL".to_owned(), literal)
}
