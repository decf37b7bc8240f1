//! Tables to Rust source, as a person would type it.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_core::attribute;
use tablewright_core::config::Profile;
use tablewright_core::schema::{
    Column, Enumeration, ForeignKey, Index, KeyColumn, ReferentialAction, Schema, Table, Waiver,
};

use super::names::{Names, fields, variant};
use super::types::{self, Rust};

/// The longest line.
const WIDTH: usize = 100;

/// The rules that each place waives.
pub(super) type Waivers = BTreeMap<(String, Option<String>), BTreeSet<String>>;

/// The reason of each waiver of an import.
const REASON: &str = "TODO: as the database has it";

/// What rendering needs to know of the rest.
pub(super) struct Source<'a> {
    pub(super) schema: &'a Schema,
    pub(super) names: &'a Names,
    pub(super) waivers: &'a Waivers,
    pub(super) profile: &'a Profile,
}

fn documentation(comment: Option<&String>, fallback: &str, indent: &str) -> String {
    let text = comment.map_or(fallback, String::as_str);
    text.lines().map(|line| format!("{indent}/// {line}").trim_end().to_owned() + "\n").collect()
}

impl Source<'_> {
    fn model(&self, table: &str) -> &str {
        self.names.models.get(table).map_or("", String::as_str)
    }

    /// Whether the model has the index by its foreign key; a waiver takes that away.
    fn is_implied(&self, table: &Table, index: &Index) -> bool {
        let columns = index.key.iter().filter_map(KeyColumn::name).map(|name| Some(name.to_owned()));
        let waived = |column| {
            let rules = self.waivers.get(&(table.name.clone(), column));
            rules.is_some_and(|rules| rules.contains("foreign_key_index"))
        };
        index.generated && !columns.chain([None]).any(waived)
    }

    /// The file of a table: its model, and the enumerations that only it uses.
    pub(super) fn file(&self, table: &Table, enumerations: &[&Enumeration]) -> String {
        let mut text = "use tablewright::prelude::*;\n".to_owned();
        let mut used: BTreeSet<String> = BTreeSet::new();
        for foreign_key in table.foreign_keys.iter().filter(|key| key.table != table.name) {
            used.insert(self.model(&foreign_key.table).to_owned());
        }
        let here: BTreeSet<&str> = enumerations.iter().map(|it| it.name.as_str()).collect();
        for name in table.columns.iter().filter_map(|column| column.enumeration.as_deref()) {
            if !here.contains(name) {
                used.extend(self.names.enumerations.get(name).cloned());
            }
        }
        match used.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [] => {}
            [one] => text.push_str(&format!("\nuse super::{one};\n")),
            several => {
                let line = format!("use super::{{{}}};\n", several.join(", "));
                if line.len() <= WIDTH + 1 {
                    text.push_str(&format!("\n{line}"));
                } else {
                    text.push_str(&format!("\nuse super::{{\n{}}};\n", wrapped(several)));
                }
            }
        }
        text.push('\n');
        text.push_str(&self.table(table));
        for enumeration in enumerations {
            text.push('\n');
            text.push_str(&self.enumeration(enumeration));
        }
        text
    }

    pub(super) fn enumeration(&self, enumeration: &Enumeration) -> String {
        let rust = self.names.enumerations.get(&enumeration.name).map_or("", String::as_str);
        let mut text = documentation(enumeration.comment.as_ref(), "", "");
        text.push_str("#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]\n");
        let attribute = attribute::enumeration::print(enumeration, rust);
        if !attribute.is_empty() {
            text.push_str(&attribute.lines(""));
        }
        text.push_str(&format!("pub enum {rust} {{\n"));
        let mut taken = BTreeSet::new();
        for value in &enumeration.values {
            let name = variant(&value.value, &taken);
            let attribute = attribute::enumeration::print_value(value, &name);
            if !attribute.is_empty() {
                text.push_str(&attribute.lines("    "));
            }
            text.push_str(&format!("    {name},\n"));
            taken.insert(name);
        }
        text.push_str("}\n");
        text
    }

    fn table(&self, table: &Table) -> String {
        let table = self.as_the_model_has_it(table);
        let fields = fields(table.columns.iter().map(|column| column.name.as_str()));
        let printed = attribute::model::print(&table, &Fields { source: self, fields: &fields }, self.profile);
        let mut text = documentation(table.comment.as_ref(), "", "");
        text.push_str("#[derive(Debug, Table)]\n");
        text.extend(printed.on_struct.iter().map(|attribute| attribute.lines("")));
        text.push_str(&format!("pub struct {} {{\n", self.model(&table.name)));
        for (column, attributes) in table.columns.iter().zip(&printed.on_fields) {
            text.push_str(&documentation(column.comment.as_ref(), "", "    "));
            text.extend(attributes.iter().map(|attribute| attribute.lines("    ")));
            let (rust, nullable) = self.rust(column);
            let path = if nullable { format!("Option<{}>", rust.path) } else { rust.path };
            text.push_str(&format!("    pub {}: {path},\n", fields[column.name.as_str()]));
        }
        text.push_str("}\n");
        text
    }

    /// The table with what its model says and no catalog holds.
    fn as_the_model_has_it(&self, table: &Table) -> Table {
        let mut table = table.clone();
        for foreign_key in &mut table.foreign_keys {
            foreign_key.on_delete.get_or_insert(ReferentialAction::NoAction);
        }
        for number in 0..table.indexes.len() {
            table.indexes[number].generated = self.is_implied(&table, &table.indexes[number]);
        }
        for partition in table.partitioning.iter_mut().flat_map(|partitioning| &mut partitioning.partitions) {
            partition.bound = upper_bound(&partition.bound);
        }
        let waivers = self.waivers.iter().filter(|((name, _), _)| *name == table.name);
        table.waivers = waivers
            .flat_map(|((_, column), rules)| rules.iter().map(move |rule| (rule, column)))
            .map(|(rule, column)| Waiver { rule: rule.clone(), column: column.clone(), reason: REASON.to_owned() })
            .collect();
        table
    }

    fn rust(&self, column: &Column) -> (Rust, bool) {
        let enumeration = column.enumeration.as_ref().and_then(|name| self.names.enumerations.get(name));
        let rust = match enumeration {
            Some(name) => Rust { path: name.clone(), declared: None, numeric: None, stand_in: false },
            None => types::rust(&column.sql_type),
        };
        (rust, column.nullable)
    }
}

/// The Rust names of one table.
struct Fields<'a> {
    source: &'a Source<'a>,
    fields: &'a BTreeMap<&'a str, String>,
}

impl attribute::model::Names for Fields<'_> {
    fn model(&self, table: &str) -> String {
        self.source.model(table).to_owned()
    }

    fn field(&self, column: &Column) -> String {
        self.fields[column.name.as_str()].clone()
    }

    fn declared(&self, column: &Column) -> Option<String> {
        self.source.rust(column).0.declared
    }

    /// Where the compiler would find the column and what it references to be of two Rust types.
    fn names_target(&self, column: &Column, foreign_key: &ForeignKey) -> bool {
        let target = &foreign_key.target_columns[0];
        let target = self.source.schema.tables.get(&foreign_key.table).and_then(|table| table.column(target));
        target.is_none_or(|target| self.source.rust(target).0.path != self.source.rust(column).0.path)
    }
}

fn wrapped(words: &[&str]) -> String {
    let mut lines = vec![String::from("   ")];
    for word in words {
        if lines.last().is_some_and(|line| line.len() + word.len() + 2 > WIDTH) {
            lines.push(String::from("   "));
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(&format!(" {word},"));
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The server prints the words of a hash bound in lower case.
fn upper_bound(bound: &str) -> String {
    bound.replace("modulus", "MODULUS").replace("remainder", "REMAINDER")
}
