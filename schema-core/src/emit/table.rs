//! The traits that carry the common helpers: constants, the row decoder and the key.

use proc_macro2::{Delimiter, TokenStream};

use super::code::{Code, parsed};
use super::rows::PUT;
use super::{Emit, Field, NEVER, tuple};
use crate::queries::helpers;
use crate::schema::{TableKind, stable_hash};
use crate::sql::{bulk, dml};

/// The statements of `rt::Model`, by the names of its fields.
const STATEMENTS: [&str; 17] = [
    "find",
    "find_many",
    "lock",
    "lock_shared",
    "exists",
    "count",
    "insert",
    "insert_many",
    "insert_many_returning",
    "copy",
    "update",
    "update_many",
    "update_if_unchanged",
    "delete",
    "delete_many",
    "restore",
    "purge",
];

impl Emit<'_> {
    pub(super) fn table(&self, code: &mut Code) {
        code.text("#[automatically_derived] impl ::tablewright::Table for ").text(&self.name).braces(|code| {
            self.key_types(code);
            let (new, constraint) = (self.new_ident(), self.companion("Constraint"));
            code.text(&format!("type New = {new}; type Constraint = {constraint};"));
            code.text("const MODEL: &'static ::tablewright::rt::Model = &::tablewright::rt::Model");
            code.braces(|code| self.statements(code));
            code.text(";");
            code.text("fn decode(row: &::tablewright::sqlx::postgres::PgRow) -> ::tablewright::sqlx::Result<Self>");
            code.braces(|code| self.decode(code, "columns", "row"));
            code.text("fn put_key(key: &Self::Key,").text(PUT);
            self.put_key(code);
        });
        self.capabilities(code);
        if self.asks_for("from_row") {
            self.row_by_names(code);
        }
    }

    /// A row of any statement that gives the columns, by their names.
    fn row_by_names(&self, code: &mut Code) {
        code.text("#[automatically_derived] impl<'r> ::tablewright::sqlx::FromRow<'r, ::tablewright::sqlx::postgres::PgRow> for ");
        code.text(&self.name).braces(|code| {
            code.text(
                "fn from_row(row: &'r ::tablewright::sqlx::postgres::PgRow) -> ::tablewright::sqlx::Result<Self>",
            );
            code.braces(|code| self.decode(code, "named", "row, <Self as ::tablewright::Table>::COLUMNS"));
        });
    }

    /// The statements of the common helpers; empty where there is no such helper.
    fn statements(&self, code: &mut Code) {
        let table = &self.model.table;
        let keys = dml::key(table).len();
        code.text("name: ")
            .literal(&table.name)
            .text(&format!(", id: {}, key_columns: {keys}, columns: &[", stable_hash(&table.name)));
        for column in &table.columns {
            code.literal(&column.name).text(",");
        }
        code.text("],");
        code.text("create_table: Self::CREATE_TABLE, create_indexes: Self::CREATE_INDEXES, comments: Self::COMMENTS,");
        let (_, copy_columns) = bulk::copy(table).unwrap_or_default();
        let helpers = helpers::common(table);
        for name in STATEMENTS {
            let sql = helpers.iter().find(|helper| helper.name == name).map(|helper| helper.sql.clone());
            let helper = if name == "copy" { "copy_in" } else { name };
            code.text(name).text(": ");
            self.text(code, &self.named(helper, sql.unwrap_or_default()));
            code.text(",");
        }
        code.text("copy_columns: ").literal(&copy_columns);
    }

    /// The row as it was seen: its key and its version.
    fn versioned(&self, code: &mut Code) {
        let table = &self.model.table;
        let Some(version) = dml::version(table).filter(|_| self.has_patch()) else { return };
        let key = dml::key(table);
        let fields = key.iter().chain([&version.name]).filter_map(|column| self.field(column));
        let values: Vec<TokenStream> = fields.map(|field| parsed(&format!("&self.{}", field.name))).collect();
        code.text("#[automatically_derived] impl ::tablewright::Versioned for ").text(&self.name).braces(|code| {
            code.text("fn put_seen(&self,").text(PUT);
            self.put(code, &values);
        });
    }

    /// The fields of the key; none where one is not a column.
    fn key_fields(&self) -> Option<Vec<&Field<'_>>> {
        let keys = dml::key(&self.model.table);
        keys.iter().map(|key| self.field(key)).collect::<Option<Vec<_>>>().filter(|fields| !fields.is_empty())
    }

    /// What finds a row, and what other tables reference.
    fn key_types(&self, code: &mut Code) {
        let keys = self.key_fields().unwrap_or_default();
        let primary = &self.model.table.primary_key.columns;
        let primary: Vec<_> = primary.iter().filter_map(|key| self.field(key)).collect();
        for (name, fields) in [("type Key = ", keys), ("type PrimaryKey = ", primary)] {
            code.text(name);
            if let [field] = fields.as_slice() {
                code.tokens(field.tokens.clone());
            } else {
                let types: Vec<_> = fields.iter().map(|field| field.tokens.clone()).collect();
                code.group(Delimiter::Parenthesis, |code| code.list(&types));
            }
            code.text(";");
        }
    }

    /// How a column of the key is put.
    fn put_key(&self, code: &mut Code) {
        match self.key_fields().filter(|_| !self.broken).as_deref() {
            None => code.text("{ let _ = (key, column, cell); ::core::result::Result::Ok(()) }"),
            Some([_]) => code.text("{ let _ = column; cell.put(key) }"),
            Some(fields) => {
                let values: Vec<_> = (0..fields.len()).map(|index| parsed(&format!("&key.{index}"))).collect();
                self.put(code, &values);
                code
            }
        };
    }

    /// Rows can be deleted.
    fn deletes(&self) -> bool {
        self.model.table.kind != TableKind::AppendOnly
    }

    /// Rows can be deleted, and are kept.
    fn deletes_softly(&self) -> bool {
        self.deletes() && self.model.table.soft_delete.is_some()
    }

    /// A row from its columns: one tuple, which the compiler checks as one thing.
    fn decode(&self, code: &mut Code, by: &str, arguments: &str) {
        if self.broken {
            code.text("let _ = row;").text(NEVER);
            return;
        }
        let types: Vec<_> = self.fields.iter().map(|field| field.tokens.clone()).collect();
        code.text(&format!("match ::tablewright::rt::{by}::<"));
        tuple::types(code, &types);
        code.text(&format!(
            ">({arguments}) {{ ::core::result::Result::Ok(columns) => ::core::result::Result::Ok(Self {{"
        ));
        let (fields, mut body) = (self.fields.len(), String::new());
        for (index, field) in self.fields.iter().enumerate() {
            body.push_str(&format!("{}: columns{},", field.name, tuple::place(index, fields)));
        }
        code.text(&body).text("}), ::core::result::Result::Err(error) => ::core::result::Result::Err(error) }");
    }

    /// What may be done with a row beyond reading and inserting it.
    fn capabilities(&self, code: &mut Code) {
        let name = &self.name;
        let mut can = |what: &str, body: &str| {
            code.text(&format!("#[automatically_derived] impl ::tablewright::{what} for {name} {{ {body} }}"));
        };
        if self.has_patch() {
            can("Update", &format!("type Patch = {};", self.companion("Patch")));
        }
        if self.deletes() {
            can("Delete", "");
        }
        if self.deletes_softly() {
            can("SoftDelete", "");
        }
        if self.model.table.tenant.is_none() {
            can("Unscoped", "");
        }
        self.versioned(code);
    }
}
