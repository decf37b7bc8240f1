//! SQL texts as constants, and as documentation.

use std::borrow::Cow;

use proc_macro2::Delimiter;

use super::Emit;
use super::code::Code;
use crate::sql::ddl::NewTable;
use crate::sql::{Hole, Piece, SqlText, Statement, ddl};

fn joined(statements: &[Statement]) -> SqlText {
    SqlText::from(statements.iter().map(Statement::as_str).collect::<Vec<_>>().join("\n"))
}

impl Emit<'_> {
    /// The DDL as public constants.
    pub(super) fn constants(&self, code: &mut Code) {
        let mut table = Cow::Borrowed(&self.model.table);
        if let Some(key) = &self.model.tenant_key {
            table.to_mut().uniques.push(key.clone());
        }
        let table = &*table;
        let new = NewTable::new(table, self.dialect);
        let NewTable { name: _, create, partitions, indexes, triggers, policies, comments } = new;
        code.text("impl ").text(&self.name).braces(|code| {
            let about = format!("Creates the table `{}`.", table.name);
            self.constant(code, "CREATE_TABLE", &about, &create);
            self.if_any(code, "CREATE_PARTITIONS", "Creates the partitions, once the table exists.", &partitions);
            let about = format!("Creates the indexes of `{}`.", table.name);
            self.constant(code, "CREATE_INDEXES", &about, &joined(&indexes));
            let about = format!("Comments `{}` and its columns, from the documentation of the struct.", table.name);
            self.constant(code, "COMMENTS", &about, &joined(&comments));
            let about = "Adds the foreign keys that close a cycle, once all its tables exist.";
            self.if_any(code, "ADD_FOREIGN_KEYS", about, &ddl::add_foreign_keys(table));
            let functions = table.triggers.iter().filter_map(|trigger| {
                // Another table may have the function already.
                trigger.body.as_deref().map(|body| ddl::replace_function(&trigger.function, body))
            });
            let triggers: Vec<Statement> = functions.chain(triggers).collect();
            self.if_any(code, "CREATE_TRIGGERS", "Creates the triggers, with their functions.", &triggers);
            let about = "Creates the row-level-security policies, and turns them on.";
            if !policies.is_empty() {
                self.constant(code, "CREATE_POLICIES", about, &SqlText::lines(&policies));
            }
        });
    }

    /// A constant that only the models have whose tables need it.
    fn if_any(&self, code: &mut Code, name: &str, doc: &str, statements: &[Statement]) {
        if !statements.is_empty() {
            self.constant(code, name, doc, &joined(statements));
        }
    }

    /// A documented constant of the model.
    pub(super) fn constant(&self, code: &mut Code, name: &str, doc: &str, sql: &SqlText) {
        code.doc(&format!("{doc}\n{}", self.sql_doc(sql)));
        code.text(&self.vis).text(" const ").text(name).text(": &'static ::core::primitive::str = ");
        self.text(code, sql);
        code.text(";");
    }

    /// The text as documentation: a hole shows what fills it.
    pub(super) fn sql_doc(&self, sql: &SqlText) -> String {
        let mut text = String::new();
        for piece in sql.pieces() {
            match piece {
                Piece::Text(piece) | Piece::Hole(Hole::IfValues { text: piece, .. }) => text.push_str(piece),
                Piece::Hole(Hole::Type { column } | Hole::TypeName { column }) => {
                    text.push_str(&format!("<{}>", self.type_text(column)));
                }
                Piece::Hole(Hole::Values { column }) => {
                    text.push_str(&format!("<values of {}>", self.type_text(column)));
                }
            }
        }
        if text.is_empty() { "\nNothing.".to_owned() } else { format!("\n```sql\n{text}\n```") }
    }

    fn type_text(&self, column: &str) -> String {
        self.field(column).map(|field| field.bare().to_string().replace(' ', "")).unwrap_or_default()
    }

    /// The text as an expression that is constant.
    pub(super) fn text(&self, code: &mut Code, sql: &SqlText) {
        if self.broken {
            code.text("\"\"");
            return;
        }
        if let Some(text) = sql.as_text() {
            code.literal(text);
            return;
        }
        code.text("::tablewright::rt::join!").group(Delimiter::Parenthesis, |code| {
            for piece in sql.pieces() {
                match piece {
                    Piece::Text(text) => {
                        code.literal(text);
                    }
                    Piece::Hole(Hole::Type { column }) => {
                        self.of_type(code, column, "<", " as ::tablewright::SqlType>::DDL");
                    }
                    Piece::Hole(Hole::TypeName { column }) => {
                        self.of_type(code, column, "<", " as ::tablewright::SqlType>::NAME");
                    }
                    Piece::Hole(Hole::Values { column }) => {
                        self.of_type(code, column, "::tablewright::rt::values::<", ">()");
                    }
                    Piece::Hole(Hole::IfValues { column, text }) => {
                        self.of_type(code, column, "::tablewright::rt::only_with_values::<", ">");
                        code.text("(").literal(text).text(")");
                    }
                }
                code.text(",");
            }
        });
    }

    /// The type of a column between two texts.
    fn of_type(&self, code: &mut Code, column: &str, before: &str, behind: &str) {
        code.text(before);
        if let Some(field) = self.field(column) {
            code.tokens(field.tokens.clone());
        }
        code.text(behind);
    }
}

/// A constant's name from a helper's: `find_by_email` → `FIND_BY_EMAIL`.
pub(super) fn constant_name(helper: &str) -> String {
    // Upper case beyond ASCII may be no identifier.
    helper.trim_start_matches("r#").to_ascii_uppercase()
}
