//! The one table of attributes: parsing, error messages and `docs/attributes.md` all read it.

mod columns;
mod objects;
mod query;
mod tables;
mod types;

/// An attribute, what it stands on, and its keys.
#[derive(Debug)]
pub struct Attribute {
    /// Its name: `table`, `index`.
    pub name: &'static str,
    /// What it stands on.
    pub on: Position,
    /// Whether it may stand several times.
    pub repeatable: bool,
    /// What it takes before its keys, if anything.
    pub leading: Option<Leading>,
    /// Its keys.
    pub keys: &'static [Key],
    /// One line of documentation.
    pub doc: &'static str,
    /// A whole attribute, as a user types it.
    pub example: &'static str,
}

/// What an attribute stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// A struct that derives `Table`.
    Table,
    /// One of its fields.
    Column,
    /// An enum that derives `Enumeration`.
    Enumeration,
    /// One of its variants.
    Variant,
    /// A struct that derives `SqlType`.
    Newtype,
}

/// What an attribute takes before its keys.
#[derive(Debug)]
pub struct Leading {
    /// What it is: `columns`.
    pub what: &'static str,
    /// Its form, as messages show it.
    pub form: &'static str,
    /// Whether there may be more than one.
    pub many: bool,
    /// Whether it is always the first argument, whatever that looks like: `recent(user_id)`.
    pub call: bool,
}

/// A key of an attribute.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What follows it.
    pub form: Form,
    /// The correct form, as messages print it.
    pub example: &'static str,
    /// What it does.
    pub doc: &'static str,
}

/// What follows a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Nothing.
    Flag,
    /// `= "text"`
    Text,
    /// `= word`, one of these; any identifier where the list is empty.
    Word(&'static [&'static str]),
    /// `= 1_000`
    Number,
    /// `(…)`
    List,
    /// `= Path` or `= Path(columns)`
    Target,
}

const ON_ACTION: Form = Form::Word(&["cascade", "restrict", "set_null", "set_default", "no_action"]);

const fn key(name: &'static str, form: Form, example: &'static str, doc: &'static str) -> Key {
    Key { name, form, example, doc }
}

const ALLOW: Key = key(
    "allow",
    Form::List,
    "allow(boolean_prefix, reason = \"the column is part of a public API\")",
    "Waives a rule here, or several, in the open. The reason is not optional, and a waiver that nothing needs is an error.",
);
const NAME_OF_CONSTRAINT: Key = key(
    "name",
    Form::Text,
    "name = \"orders_total_check\"",
    "The constraint's name, where the derived one does not serve.",
);
const WHERE: Key = key(
    "where",
    Form::Text,
    "where = \"shipped_at IS NULL\"",
    "The predicate: only these rows are covered. On a table that is deleted softly, `deleted_at IS NULL` is added.",
);
const INCLUDE_DELETED: Key = key(
    "include_deleted",
    Form::Flag,
    "include_deleted",
    "Covers softly deleted rows too: the `deleted_at IS NULL` is left out.",
);
const NULLS_NOT_DISTINCT: Key =
    key("nulls_not_distinct", Form::Flag, "nulls_not_distinct", "Two NULLs count as equal (`NULLS NOT DISTINCT`).");
const ON_DELETE: Key = key(
    "on_delete",
    ON_ACTION,
    "on_delete = restrict",
    "What happens to this row when the referenced row is deleted. Every foreign key states it.",
);
const ON_UPDATE: Key =
    key("on_update", ON_ACTION, "on_update = cascade", "What happens to this row when the referenced key changes.");
const DEFERRABLE: Key = key(
    "deferrable",
    Form::Flag,
    "deferrable",
    "Checked when the transaction commits (`DEFERRABLE INITIALLY DEFERRED`).",
);
const CYCLE: Key = key(
    "cycle",
    Form::Flag,
    "cycle",
    "The references form a cycle: this one is added by ALTER TABLE after both tables exist.",
);
const TARGET_TABLE: Key = key(
    "table",
    Form::Text,
    "table = \"app_users\"",
    "The referenced table, where its model names it otherwise than the struct's name does.",
);

/// Every attribute, in the order of the documentation.
pub static ATTRIBUTES: &[Attribute] = &[
    tables::TABLE,
    tables::INDEX,
    tables::UNIQUE,
    tables::CHECK,
    tables::EXCLUDE,
    tables::FOREIGN_KEY,
    query::QUERY,
    objects::PARTITION,
    objects::TRIGGER,
    objects::POLICY,
    columns::COLUMN,
    columns::REFERENCES,
    types::ENUMERATION,
    types::VARIANT,
    types::SQL_TYPE,
];

/// The attribute of that name on that position.
#[must_use]
pub fn attribute(name: &str, on: Position) -> Option<&'static Attribute> {
    ATTRIBUTES.iter().find(|attribute| attribute.name == name && attribute.on == on)
}

/// The text of `docs/attributes.md`.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::from(
        "# Attributes\n\nGenerated from `schema-core/src/parse/grammar.rs`; a test holds this file to the code.\n\n\
         Clippy's `duplicated_attributes` takes two indexes that begin with one column, or two queries that give a page, for \
         one attribute written twice ([a known mistake](https://github.com/rust-lang/rust-clippy/issues/13238)). A derive \
         cannot tell it otherwise; `Cargo.toml` can:\n\
         ```toml\n[lints.clippy]\nduplicated_attributes = \"allow\"\n```\n",
    );
    for (on, title) in [
        (Position::Table, "On a struct that derives `Table`"),
        (Position::Column, "On one of its fields"),
        (Position::Enumeration, "On an enum that derives `Enumeration`"),
        (Position::Variant, "On one of its variants"),
        (Position::Newtype, "On a struct that derives `SqlType`"),
    ] {
        text.push_str(&format!("\n## {title}\n"));
        for attribute in ATTRIBUTES.iter().filter(|attribute| attribute.on == on) {
            text.push_str(&format!(
                "\n### `#[{}(…)]`\n\n{}\n```rust\n{}\n```\n",
                attribute.name, attribute.doc, attribute.example
            ));
            if let Some(leading) = &attribute.leading {
                text.push_str(&format!("\nIt names {} first: `{}`.\n", leading.what, leading.form));
            }
            if !attribute.keys.is_empty() {
                text.push_str("\n| key | as typed | what it does |\n|---|---|---|\n");
            }
            for key in attribute.keys {
                text.push_str(&format!(
                    "| `{}` | `{}` | {} |\n",
                    key.name,
                    key.example.replace('|', "\\|"),
                    key.doc.replace('|', "\\|")
                ));
            }
        }
    }
    text.push_str(
        "\n## Types of columns\n\n`Option<T>` takes NULL, `Vec<T>` is an array of plain values, an enum that derives `Enumeration` and a newtype \
         that derives `SqlType` are types of their own. For the rest there is `#[column(type = \"…\")]` on a field \
         whose Rust type derives `SqlType`.\n\n| Rust | SQL | feature |\n|---|---|---|\n",
    );
    for (rust, sql, feature) in super::types::COLUMN_TYPES {
        let feature = if feature.is_empty() { String::new() } else { format!("`{feature}`") };
        text.push_str(&format!("| `{rust}` | `{sql}` | {feature} |\n"));
    }
    text
}
