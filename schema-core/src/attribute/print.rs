//! An attribute as a user types it.

use std::fmt;

use super::{Attribute, Form};
use crate::schema::derived_name;

/// The longest line of a file.
const WIDTH: usize = 100;

/// Words that are not identifiers even with `r#`.
const NEVER: &[&str] = &["crate", "self", "super", "Self", "_"];
/// Words that are an identifier with `r#`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// An attribute and its arguments. Its `Display` is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    name: &'static str,
    keys: &'static [super::Key],
    arguments: Vec<String>,
}

impl Printed {
    /// The attribute without arguments.
    #[must_use]
    pub fn new(grammar: &Attribute) -> Self {
        Self { name: grammar.name, keys: grammar.keys, arguments: Vec::new() }
    }

    /// Whether it has no arguments.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.arguments.is_empty()
    }

    /// An argument that has no key.
    #[must_use]
    pub fn leading(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Columns, as arguments that have no key; `None` where one has no identifier.
    #[must_use]
    pub fn columns<S: AsRef<str>>(mut self, columns: &[S]) -> Option<Self> {
        for column in columns {
            let argument = self.column(column.as_ref())?;
            self.arguments.push(argument);
        }
        Some(self)
    }

    /// A column among the arguments that have no key: `r#` distinguishes it from a flag of the attribute.
    #[must_use]
    pub fn column(&self, column: &str) -> Option<String> {
        let is_flag = self.keys.iter().any(|key| key.name == column && key.form == Form::Flag);
        if is_flag { Some(format!("r#{column}")) } else { ident(column) }
    }

    /// `key`
    #[must_use]
    pub fn flag(self, key: &str, present: bool) -> Self {
        if present { self.push(key, "") } else { self }
    }

    /// `key = "text"`
    #[must_use]
    pub fn text(self, key: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.push(key, &format!(" = {}", string(text))),
            None => self,
        }
    }

    /// `key = word`
    #[must_use]
    pub fn word(self, key: &str, word: Option<&str>) -> Self {
        match word {
            Some(word) => self.push(key, &format!(" = {word}")),
            None => self,
        }
    }

    /// `key(argument, argument)`
    #[must_use]
    pub fn list<S: AsRef<str>>(self, key: &str, arguments: &[S]) -> Self {
        if arguments.is_empty() {
            return self;
        }
        let arguments: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
        self.push(key, &format!("({})", arguments.join(", ")))
    }

    /// `key(text)`, where the text may be empty.
    #[must_use]
    pub(super) fn word_list(self, key: &str, text: &str) -> Self {
        self.push(key, &format!("({text})"))
    }

    /// `key(column, column)`; `None` where one has no identifier.
    #[must_use]
    pub fn column_list(self, key: &str, columns: &[String]) -> Option<Self> {
        let columns: Option<Vec<String>> = columns.iter().map(|column| ident(column)).collect();
        Some(self.list(key, &columns?))
    }

    /// `name = "…"`, where the derived name is another.
    #[must_use]
    pub fn name(self, name: &str, derived: &str) -> Self {
        self.text("name", (name != derived).then_some(name))
    }

    fn push(mut self, key: &str, value: &str) -> Self {
        debug_assert!(self.keys.iter().any(|known| known.name == key), "#[{}(…)] has no key {key}", self.name);
        self.arguments.push(format!("{key}{value}"));
        self
    }

    /// The lines of a file: one where the arguments fit.
    #[must_use]
    pub fn lines(&self, indent: &str) -> String {
        let line = format!("{indent}{self}\n");
        let is_short = line.len() <= WIDTH + 1 && !line.trim_end().contains('\n');
        if self.arguments.is_empty() || is_short {
            return line;
        }
        let arguments: Vec<String> = self.arguments.iter().map(|argument| format!("{indent}    {argument}")).collect();
        // The last one has no comma, as rustfmt writes it.
        format!("{indent}#[{}(\n{}\n{indent})]\n", self.name, arguments.join(",\n"))
    }
}

impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.arguments.is_empty() {
            return write!(f, "#[{}]", self.name);
        }
        write!(f, "#[{}({})]", self.name, self.arguments.join(", "))
    }
}

/// The identifier that stands for a column in attributes and as a field, where there is one: it is the column's name.
#[must_use]
pub fn ident(column: &str) -> Option<String> {
    let mut characters = column.chars();
    let is_ident = characters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_ident || NEVER.contains(&column) {
        return None;
    }
    Some(if KEYWORDS.contains(&column) { format!("r#{column}") } else { column.to_owned() })
}

/// A Rust string literal.
#[must_use]
pub fn string(text: &str) -> String {
    let raw = (text.contains('\\') || text.contains('"')) && !text.contains(['\n', '\r']);
    if raw { raw_string(text) } else { format!("{text:?}") }
}

/// A Rust string literal without escapes.
pub(super) fn raw_string(text: &str) -> String {
    let mut marks = String::new();
    while text.contains(&format!("\"{marks}")) {
        marks.push('#');
    }
    format!("r{marks}\"{text}\"{marks}")
}

/// `{first}_{columns}_{kind}`, cut to what the server takes.
pub(super) fn derived<S: AsRef<str>>(first: &[&str], columns: &[S], kind: &[&str]) -> String {
    let mut parts = first.to_vec();
    parts.extend(columns.iter().map(AsRef::as_ref));
    parts.extend(kind);
    derived_name(&parts)
}
