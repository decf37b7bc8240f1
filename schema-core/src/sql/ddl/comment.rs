//! `COMMENT ON`.

use crate::schema::Table;
use crate::sql::ident::{literal, quote};

/// The comments of a table and its columns, as statements.
#[must_use]
pub fn comments(table: &Table) -> Vec<String> {
    let on_table = table.comment.iter().map(|comment| comment_on_table(&table.name, Some(comment)));
    let on_columns = table.columns.iter().filter_map(|column| {
        let comment = column.comment.as_deref()?;
        Some(comment_on_column(&table.name, &column.name, Some(comment)))
    });
    on_table.chain(on_columns).collect()
}

/// `COMMENT ON TABLE`; no comment removes the existing one.
#[must_use]
pub fn comment_on_table(table: &str, comment: Option<&str>) -> String {
    format!("COMMENT ON TABLE {} IS {};", quote(table), text(comment))
}

/// `COMMENT ON COLUMN`; no comment removes the existing one.
#[must_use]
pub fn comment_on_column(table: &str, column: &str, comment: Option<&str>) -> String {
    format!("COMMENT ON COLUMN {}.{} IS {};", quote(table), quote(column), text(comment))
}

fn text(comment: Option<&str>) -> String {
    comment.map_or_else(|| "NULL".to_owned(), literal)
}
