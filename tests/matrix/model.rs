//! The models of one side of a cell, composed from what a change and a dependent state, and written as a person would.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::kind::Kind;

/// A column, of which the fragments speak.
#[derive(Clone, Debug)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
    pub nullable: bool,
    /// Further arguments of `#[column(…)]`, by key: `default`, as it is typed.
    pub arguments: BTreeMap<&'static str, String>,
    pub references: Option<String>,
    pub comment: Option<&'static str>,
}

impl Column {
    pub fn new(kind: Kind) -> Self {
        Self {
            name: "subject".to_owned(),
            kind,
            nullable: true,
            arguments: BTreeMap::new(),
            references: None,
            comment: None,
        }
    }

    pub fn required(self) -> Self {
        Self { nullable: false, ..self }
    }

    pub fn named(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// With an argument that takes SQL or another text.
    pub fn with(mut self, key: &'static str, text: &str) -> Self {
        self.arguments.insert(key, format!("{key} = \"{text}\""));
        self
    }

    pub fn comment(self, comment: &'static str) -> Self {
        Self { comment: Some(comment), ..self }
    }

    pub fn references(self, references: &str) -> Self {
        Self { references: Some(references.to_owned()), ..self }
    }

    pub fn says(&self, key: &str) -> bool {
        self.arguments.contains_key(key)
    }

    /// Whether the server gives its values.
    pub fn is_given(&self) -> bool {
        self.says("generated") || self.says("identity")
    }

    fn write(&self, text: &mut String) {
        let arguments: Vec<String> = self.kind.argument().into_iter().chain(self.arguments.values().cloned()).collect();
        if let Some(comment) = self.comment {
            let _ = writeln!(text, "    /// {comment}");
        }
        if !arguments.is_empty() {
            let _ = writeln!(text, "    #[column({})]", arguments.join(", "));
        }
        if let Some(references) = &self.references {
            let _ = writeln!(text, "    #[references({references})]");
        }
        let kind = self.kind.rust();
        let kind = if self.nullable { format!("Option<{kind}>") } else { kind.to_owned() };
        let _ = writeln!(text, "    pub {}: {kind},", self.name);
    }
}

/// The models of one side. The table of the change is `items`, unless it has another name.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The name of the struct; no such table where it is empty.
    pub item: String,
    pub table: String,
    /// Arguments of its `#[table(…)]`.
    pub arguments: BTreeSet<String>,
    /// Its other attributes.
    pub attributes: Vec<String>,
    pub columns: Vec<Column>,
    /// The key is another column: there is no `id`.
    pub without_id: bool,
    /// Fields of it that dependents add, as they are typed.
    pub fields: Vec<String>,
    /// Other models, by name.
    pub others: BTreeMap<&'static str, String>,
    /// The variants of `State`, and how it is stored.
    pub state: Option<(Vec<&'static str>, bool)>,
    /// The user's own SQL: the way up and the way down.
    pub customs: BTreeMap<&'static str, (String, String)>,
    /// The field `note`, where it is not the usual one.
    pub note: Option<String>,
}

impl Model {
    pub fn new() -> Self {
        Self { item: "Item".to_owned(), table: "items".to_owned(), ..Self::default() }
    }

    pub fn attribute(&mut self, attribute: impl Into<String>) {
        self.attributes.push(attribute.into());
    }

    pub fn custom(&mut self, name: &'static str, up: String, down: String) {
        self.customs.insert(name, (up, down));
    }

    /// Whether the enumeration is a type of its own.
    pub fn is_native(&self) -> bool {
        self.state.as_ref().is_some_and(|(_, native)| *native)
    }

    /// The source.
    pub fn text(&self) -> String {
        let mut text = "use tablewright::prelude::*;\n".to_owned();
        for other in self.others.values() {
            let _ = write!(text, "\n{other}");
        }
        if let Some((values, native)) = &self.state {
            let storage = if *native { "#[enumeration(storage = native)]\n" } else { "" };
            let _ = writeln!(
                text,
                "\n#[derive(Enumeration)]\n{storage}pub enum State {{\n    {}\n}}",
                values.join("\n    ")
            );
        }
        if self.item.is_empty() {
            return text;
        }
        text.push_str("\n#[derive(Table)]\n");
        if !self.arguments.is_empty() {
            let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
            let _ = writeln!(text, "#[table({})]", arguments.join(", "));
        }
        for attribute in &self.attributes {
            let _ = writeln!(text, "{attribute}");
        }
        let _ = writeln!(text, "pub struct {} {{", self.item);
        if !self.without_id {
            text.push_str("    pub id: Uuid,\n");
        }
        self.columns.iter().for_each(|column| column.write(&mut text));
        text.push_str("    pub number: i64,\n");
        let _ = writeln!(text, "    {}", self.note.as_deref().unwrap_or("pub note: Option<String>,"));
        for field in &self.fields {
            let _ = writeln!(text, "    {field}");
        }
        text.push_str("    pub created_at: DateTime<Utc>,\n    pub updated_at: DateTime<Utc>,\n}\n");
        text
    }

    /// Writes it into a folder: `old.rs`, and the folder `sql_old`.
    pub fn write(&self, folder: &Path, side: &str) {
        fs::write(folder.join(format!("{side}.rs")), self.text()).unwrap();
        let sql = folder.join(format!("sql_{side}"));
        fs::create_dir_all(&sql).unwrap();
        for (name, (up, down)) in &self.customs {
            let after = if self.item.is_empty() { String::new() } else { format!("-- after: {}\n", self.table) };
            fs::write(sql.join(format!("{name}.up.sql")), format!("{after}{up}")).unwrap();
            fs::write(sql.join(format!("{name}.down.sql")), down).unwrap();
        }
    }
}
