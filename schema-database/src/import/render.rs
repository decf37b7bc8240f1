//! Tables to Rust source, as a person would type it.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_core::expression::Fragment;
use tablewright_core::schema::{
    Column, Enumeration, ForeignKey, Generated, Index, KeyColumn, Method, PartitionStrategy, ReferentialAction, Schema,
    SqlType, Storage, Table, TableKind, derived_name, table_name,
};

use super::attributes::{
    WIDTH, attribute, idents, index_attribute, is_column_reference, is_column_unique, named, policy_attribute,
    trigger_attribute, unique_attribute,
};
use super::names::{Names, field, ident, string, variant};
use super::types::{self, Rust};

/// The rules that each place waives.
pub(super) type Waivers = BTreeMap<(String, Option<String>), BTreeSet<String>>;

/// Why each waiver of an import stands.
const REASON: &str = "TODO: as the database has it";

/// What rendering needs to know of the rest.
pub(super) struct Source<'a> {
    pub(super) schema: &'a Schema,
    pub(super) names: &'a Names,
    pub(super) waivers: &'a Waivers,
}

fn documentation(comment: Option<&String>, fallback: &str, indent: &str) -> String {
    let text = comment.map_or(fallback, String::as_str);
    text.lines().map(|line| format!("{indent}/// {line}").trim_end().to_owned() + "\n").collect()
}

impl Source<'_> {
    fn model(&self, table: &str) -> &str {
        self.names.models.get(table).map_or("", String::as_str)
    }

    fn waived(&self, table: &str, column: Option<&str>) -> Vec<String> {
        let rules = self.waivers.get(&(table.to_owned(), column.map(str::to_owned)));
        rules.into_iter().flatten().map(|rule| format!("allow({rule}, reason = {})", string(REASON))).collect()
    }

    /// The file of a table: its model, and the enumerations that only it uses.
    /// Whether the model has the index by its foreign key; a waiver takes that away.
    fn is_implied(&self, table: &Table, index: &Index) -> bool {
        let columns = index.key.iter().filter_map(KeyColumn::name).map(|name| Some(name.to_owned()));
        let waived = |column| {
            let rules = self.waivers.get(&(table.name.clone(), column));
            rules.is_some_and(|rules| rules.contains("foreign_key_index"))
        };
        index.generated && !columns.chain([None]).any(waived)
    }

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
        let mut arguments = Vec::new();
        if enumeration.storage == Storage::Native {
            arguments.push("storage = native".to_owned());
            if heck::AsSnakeCase(rust).to_string() != enumeration.name {
                arguments.push(format!("name = {}", string(&enumeration.name)));
            }
        }
        if !arguments.is_empty() {
            text.push_str(&attribute("enumeration", &arguments, ""));
        }
        text.push_str(&format!("pub enum {rust} {{\n"));
        let mut taken = BTreeSet::new();
        for value in &enumeration.values {
            let name = variant(&value.value, &taken);
            if heck::AsSnakeCase(&name).to_string() != value.value {
                text.push_str(&attribute("enumeration", &[format!("value = {}", string(&value.value))], "    "));
            }
            text.push_str(&format!("    {name},\n"));
            taken.insert(name);
        }
        text.push_str("}\n");
        text
    }

    fn table(&self, table: &Table) -> String {
        let model = self.model(&table.name);
        let mut text = documentation(table.comment.as_ref(), "", "");
        text.push_str("#[derive(Debug, Table)]\n");
        let mut arguments = Vec::new();
        if table_name(model) != table.name {
            arguments.push(format!("name = {}", string(&table.name)));
        }
        match table.kind {
            TableKind::Junction => arguments.push("junction".to_owned()),
            TableKind::AppendOnly => arguments.push("append_only".to_owned()),
            TableKind::Standard => {}
        }
        if table.soft_delete.is_some() {
            arguments.push("soft_delete".to_owned());
        }
        if table.primary_key.columns.len() > 1 && !is_junction_key(table) {
            arguments.extend(idents(&table.primary_key.columns).map(|columns| format!("primary_key({columns})")));
        }
        if let Some(partitioning) = &table.partitioning {
            let strategy = match partitioning.strategy {
                PartitionStrategy::Range => "RANGE",
                PartitionStrategy::List => "LIST",
                PartitionStrategy::Hash => "HASH",
            };
            arguments.push(format!("partition_by = \"{strategy} ({})\"", partitioning.key.join(", ")));
        }
        arguments.extend(self.waived(&table.name, None));
        if !arguments.is_empty() {
            text.push_str(&attribute("table", &arguments, ""));
        }
        for partition in table.partitioning.iter().flat_map(|partitioning| &partitioning.partitions) {
            let Some(name) = ident(&partition.name) else { continue };
            let bound = if partition.bound == "DEFAULT" {
                "default".to_owned()
            } else {
                format!("values = {}", string(&upper_bound(&partition.bound)))
            };
            text.push_str(&attribute("partition", &[name, bound], ""));
        }
        for unique in table.uniques.iter().filter(|unique| !is_column_unique(unique, table)) {
            text.extend(unique_attribute(unique, table));
        }
        for index in table.indexes.iter().filter(|index| !self.is_implied(table, index)) {
            text.extend(index_attribute(index, table));
        }
        let mut column_checks: BTreeMap<&str, &str> = BTreeMap::new();
        for check in &table.checks {
            let named = Fragment::parse(&check.expression).map(|it| it.column_names()).unwrap_or_default();
            let mut parts = vec![table.name.as_str()];
            parts.extend(named.iter().map(String::as_str));
            parts.push("check");
            let derived = !named.is_empty() && derived_name(&parts) == check.name;
            if let ([column], true) = (named.as_slice(), derived)
                && let Some(column) = table.column(column)
                && !column_checks.contains_key(column.name.as_str())
            {
                column_checks.insert(&column.name, &check.expression);
                continue;
            }
            let mut arguments = vec![string(&check.expression)];
            if !derived {
                arguments.push(format!("name = {}", string(&check.name)));
            }
            text.push_str(&attribute("check", &arguments, ""));
        }
        for exclusion in &table.exclusions {
            let elements: Option<Vec<String>> = exclusion
                .elements
                .iter()
                .map(|it| Some(format!("{} with {}", ident(&it.expression)?, string(&it.operator))))
                .collect();
            let Some(mut arguments) = elements else { continue };
            if exclusion.method != Method::Gist {
                arguments.push(format!("using = {}", exclusion.method.name()));
            }
            let own = exclusion.predicate.as_ref().and_then(|it| it.beside(table.soft_delete));
            arguments.extend(own.map(|own| format!("where = {}", string(own))));
            let columns: Vec<&str> = exclusion.elements.iter().map(|it| it.expression.as_str()).collect();
            arguments.extend(named(&exclusion.name, &table.name, &columns, "excl"));
            text.push_str(&attribute("exclude", &arguments, ""));
        }
        let mut referenced: BTreeSet<&str> = BTreeSet::new();
        for foreign_key in &table.foreign_keys {
            if is_column_reference(foreign_key) && referenced.insert(&foreign_key.columns[0]) {
                continue;
            }
            let (Some(columns), Some(targets)) = (idents(&foreign_key.columns), idents(&foreign_key.target_columns))
            else {
                continue;
            };
            let model = self.model(&foreign_key.table);
            let mut arguments = vec![columns, format!("references = {model}({targets})")];
            arguments.extend(self.reference(table, foreign_key));
            text.push_str(&attribute("foreign_key", &arguments, ""));
        }
        for trigger in &table.triggers {
            text.extend(trigger_attribute(trigger, table));
        }
        for policy in &table.policies {
            text.extend(policy_attribute(policy));
        }
        text.push_str(&format!("pub struct {model} {{\n"));
        let mut taken = BTreeSet::new();
        for column in &table.columns {
            let check = column_checks.get(column.name.as_str()).copied();
            let (name, own) = field(&column.name, &taken);
            text.push_str(&self.column(column, table, &name, own, check));
            taken.insert(name);
        }
        text.push_str("}\n");
        text
    }

    fn column(&self, column: &Column, table: &Table, name: &str, own: bool, check: Option<&str>) -> String {
        let mut text = documentation(column.comment.as_ref(), "", "    ");
        let (rust, nullable) = self.rust(column);
        let mut arguments = Vec::new();
        if !own {
            arguments.push(format!("name = {}", string(&column.name)));
        }
        if let Some(declared) = &rust.declared {
            arguments.push(format!("type = {}", string(declared)));
        }
        if let Some((precision, scale)) = rust.numeric {
            arguments.push(format!("numeric({precision}, {scale})"));
        }
        if table.primary_key.columns == [column.name.clone()] && column.name != "id" {
            arguments.push("primary_key".to_owned());
        }
        if table.uniques.iter().any(|unique| unique.columns == [column.name.clone()] && is_column_unique(unique, table))
        {
            arguments.push("unique".to_owned());
        }
        if let Some(default) = &column.default
            && !is_standard_default(column, table, default)
        {
            arguments.push(format!("default = {}", string(default)));
        }
        arguments.extend(check.map(|check| format!("check = {}", string(check))));
        match &column.generated {
            Some(Generated::Stored(expression)) => arguments.push(format!("generated = {}", string(expression))),
            Some(Generated::IdentityAlways) => arguments.push("identity = always".to_owned()),
            Some(Generated::IdentityByDefault) => arguments.push("identity = by_default".to_owned()),
            None => {}
        }
        arguments.extend(column.collation.as_ref().map(|collation| format!("collation = {}", string(collation))));
        arguments.extend(self.waived(&table.name, Some(&column.name)));
        if !arguments.is_empty() {
            text.push_str(&attribute("column", &arguments, "    "));
        }
        let reference = table.foreign_keys.iter().find(|key| is_column_reference(key) && key.columns[0] == column.name);
        if let Some(foreign_key) = reference {
            let mut arguments = vec![self.model(&foreign_key.table).to_owned()];
            let target = &foreign_key.target_columns[0];
            if target != "id" || !self.same_type(column, foreign_key) {
                arguments.extend(ident(target).map(|target| format!("column = {target}")));
            }
            arguments.extend(self.reference(table, foreign_key));
            text.push_str(&attribute("references", &arguments, "    "));
        }
        let path = if nullable { format!("Option<{}>", rust.path) } else { rust.path };
        text.push_str(&format!("    pub {name}: {path},\n"));
        text
    }

    fn rust(&self, column: &Column) -> (Rust, bool) {
        let enumeration = column.enumeration.as_ref().and_then(|name| self.names.enumerations.get(name));
        let rust = match enumeration {
            Some(name) => Rust { path: name.clone(), declared: None, numeric: None, stand_in: false },
            None => types::rust(&column.sql_type),
        };
        (rust, column.nullable)
    }

    /// Whether the compiler will find the column and what it references to be of one Rust type.
    fn same_type(&self, column: &Column, foreign_key: &ForeignKey) -> bool {
        let target =
            self.schema.tables.get(&foreign_key.table).and_then(|it| it.column(&foreign_key.target_columns[0]));
        target.is_some_and(|target| self.rust(target).0.path == self.rust(column).0.path)
    }

    /// What an attribute says of a foreign key besides its columns.
    fn reference(&self, table: &Table, foreign_key: &ForeignKey) -> Vec<String> {
        let mut arguments = Vec::new();
        let action = foreign_key.on_delete.unwrap_or(ReferentialAction::NoAction);
        arguments.push(format!("on_delete = {}", action.word()));
        if let Some(action) = foreign_key.on_update {
            arguments.push(format!("on_update = {}", action.word()));
        }
        if table_name(self.model(&foreign_key.table)) != foreign_key.table {
            arguments.push(format!("table = {}", string(&foreign_key.table)));
        }
        let columns: Vec<&str> = foreign_key.columns.iter().map(String::as_str).collect();
        arguments.extend(named(&foreign_key.name, &table.name, &columns, "fkey"));
        if foreign_key.deferrable {
            arguments.push("deferrable".to_owned());
        }
        if foreign_key.cycle {
            arguments.push("cycle".to_owned());
        }
        arguments
    }
}

/// Whether the primary key is what a junction table has by itself.
fn is_junction_key(table: &Table) -> bool {
    let references: Vec<&String> = table
        .columns
        .iter()
        .map(|column| &column.name)
        .filter(|name| table.foreign_keys.iter().any(|key| key.columns == [(*name).clone()]))
        .collect();
    table.kind == TableKind::Junction && references.into_iter().eq(&table.primary_key.columns)
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

/// Whether a model has the default without saying so.
fn is_standard_default(column: &Column, table: &Table, default: &str) -> bool {
    let timestamp = matches!(column.name.as_str(), "created_at" | "updated_at")
        && column.sql_type == SqlType::Timestamptz
        && !column.nullable
        && default == "now()";
    let key = table.primary_key.columns == [column.name.clone()]
        && column.sql_type == SqlType::Uuid
        && !table.foreign_keys.iter().any(|key| key.columns == [column.name.clone()])
        && default == "gen_random_uuid()";
    timestamp || key
}
