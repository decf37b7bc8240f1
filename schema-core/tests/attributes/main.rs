//! What is printed is read as the same, whatever the model; and what was read is printed as it is read.

mod generated;

use std::fs;
use std::path::{Path, PathBuf};

use tablewright_core::attribute;
use tablewright_core::attribute::model::{self, Attributes, Names};
use tablewright_core::config::{Profile, UpdatedAt};
use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::parse;
use tablewright_core::rules::RULES;
use tablewright_core::schema::{Column, Table};

/// The names of a model that is typed.
struct Typed<'a>(&'a parse::Model);

impl Names for Typed<'_> {
    fn model(&self, _: &str) -> String {
        self.0.raw.ident.to_string()
    }

    fn field(&self, column: &Column) -> String {
        let position = self.0.table.columns.iter().position(|other| other.name == column.name).unwrap();
        self.0.raw.fields[position].ident.to_string()
    }

    fn declared(&self, column: &Column) -> Option<String> {
        let position = self.0.table.columns.iter().position(|other| other.name == column.name).unwrap();
        let declared = self.0.raw.fields[position].attributes.get("column").and_then(|args| args.get("type"));
        declared.map(|_| column.sql_type.to_string())
    }
}

fn is_ours(attribute: &syn::Attribute) -> bool {
    attribute::ATTRIBUTES.iter().any(|ours| attribute.path().is_ident(ours.name))
}

/// The item with other attributes of ours.
fn with(input: &syn::DeriveInput, printed: &Attributes) -> syn::DeriveInput {
    let mut input = input.clone();
    let replace = |attributes: &mut Vec<syn::Attribute>, printed: &[attribute::Printed]| {
        attributes.retain(|attribute| !is_ours(attribute));
        for (number, printed) in printed.iter().enumerate() {
            // Both forms say the same.
            let text = if number % 2 == 0 { printed.to_string() } else { printed.lines("    ") };
            attributes.extend(syn::parse::Parser::parse_str(syn::Attribute::parse_outer, &text).unwrap());
        }
    };
    replace(&mut input.attrs, &printed.on_struct);
    if let syn::Data::Struct(data) = &mut input.data {
        for (field, printed) in data.fields.iter_mut().zip(&printed.on_fields) {
            replace(&mut field.attrs, printed);
        }
    }
    input
}

/// In what order a table lists its objects depends on whether they are typed at a field.
fn sorted(table: &Table) -> Table {
    let mut table = table.clone();
    table.uniques.sort_by(|a, b| a.name.cmp(&b.name));
    table.checks.sort_by(|a, b| (&a.name, &a.expression).cmp(&(&b.name, &b.expression)));
    table.foreign_keys.sort_by(|a, b| (&a.name, &a.target_columns).cmp(&(&b.name, &b.target_columns)));
    table.waivers.sort_by(|a, b| (&a.column, &a.rule).cmp(&(&b.column, &b.rule)));
    for index in &mut table.indexes {
        index.generated = false;
    }
    table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    table
}

/// Prints a model, reads what was printed, and prints that: whether the item is a table.
fn same_table(input: &syn::DeriveInput, profile: &Profile) -> bool {
    let read = parse::table(input, profile);
    let Some(typed) = read.model.filter(|_| read.errors.is_empty()) else { return false };
    let printed = model::print(&typed.table, &Typed(&typed), profile);
    let again = parse::table(&with(input, &printed), profile);
    let texts: Vec<String> = again.errors.iter().map(Diagnostic::text).collect();
    assert!(texts.is_empty(), "{texts:#?}\n{printed:#?}");
    let again = again.model.unwrap();
    assert_eq!(sorted(&typed.table), sorted(&again.table), "{printed:#?}");
    assert_eq!(printed, model::print(&again.table, &Typed(&again), profile));
    true
}

fn same_enumeration(input: &syn::DeriveInput) -> bool {
    let read = parse::enumeration(input);
    let Some(typed) = read.model.filter(|_| read.errors.is_empty()) else { return false };
    let on_struct = attribute::enumeration::print(&typed.enumeration, &typed.ident.to_string());
    let mut again = with(input, &Attributes { on_struct: vec![on_struct], on_fields: Vec::new() });
    let syn::Data::Enum(data) = &mut again.data else { unreachable!() };
    for (variant, value) in data.variants.iter_mut().zip(&typed.enumeration.values) {
        let printed = attribute::enumeration::print_value(value, &variant.ident.to_string()).to_string();
        variant.attrs.retain(|attribute| !is_ours(attribute));
        variant.attrs.extend(syn::parse::Parser::parse_str(syn::Attribute::parse_outer, &printed).unwrap());
    }
    let again = parse::enumeration(&again);
    assert!(again.errors.is_empty());
    assert_eq!(typed.enumeration, again.model.unwrap().enumeration);
    true
}

fn same_newtype(input: &syn::DeriveInput) -> bool {
    let read = parse::newtype(input);
    let Some(typed) = read.model.filter(|_| read.errors.is_empty()) else { return false };
    let printed = typed.declared.iter().map(|declared| attribute::newtype::print(&declared.to_string())).collect();
    let again = parse::newtype(&with(input, &Attributes { on_struct: printed, on_fields: Vec::new() }));
    assert!(again.errors.is_empty());
    assert_eq!(typed.sql_type, again.model.unwrap().sql_type);
    true
}

/// The tables, enumerations and newtypes of a file that print as they are read.
fn same_file(text: &str, profile: &Profile, read: &mut [usize; 3]) {
    let Ok(file) = syn::parse_file(text) else { return };
    let mut items = file.items;
    while let Some(item) = items.pop() {
        let input: syn::DeriveInput = match item {
            syn::Item::Struct(item) => item.into(),
            syn::Item::Enum(item) => item.into(),
            syn::Item::Mod(item) => {
                items.extend(item.content.into_iter().flat_map(|(_, items)| items));
                continue;
            }
            _ => continue,
        };
        let derives = |name: &str| {
            input.attrs.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
                let mut found = false;
                let _ = attribute.parse_nested_meta(|meta| {
                    found |= meta.path.segments.last().is_some_and(|segment| segment.ident == name);
                    Ok(())
                });
                found
            })
        };
        read[0] += usize::from(derives("Table") && same_table(&input, profile));
        read[1] += usize::from(derives("Enumeration") && same_enumeration(&input));
        read[2] += usize::from(derives("SqlType") && same_newtype(&input));
    }
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|ending| ending.to_str()) {
            _ if path.is_dir() => rust_files(&path, found),
            Some("rs") => found.push(path),
            _ => {}
        }
    }
}

#[test]
fn what_was_read_is_printed_as_it_was_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut paths = Vec::new();
    for folder in ["tests", "examples", "schema-core/tests", "schema-cli/tests"] {
        rust_files(&root.join(folder), &mut paths);
    }
    let tenant = Profile { tenant: Some("tenant_id".to_owned()), ..Profile::default() };
    let trigger = Profile { updated_at: UpdatedAt::Trigger, ..Profile::default() };
    let mut read = [0; 3];
    for profile in [Profile::default(), tenant, trigger] {
        for path in &paths {
            same_file(&fs::read_to_string(path).unwrap(), &profile, &mut read);
        }
        for rule in RULES {
            for example in [rule.bad, rule.good] {
                same_file(example, &profile, &mut read);
            }
        }
    }
    assert!(read[0] > 900 && read[1] > 100 && read[2] > 20, "{read:?}");
}

#[test]
fn the_example_of_each_attribute_is_printed_as_it_was_read() {
    let mut read = 0;
    for ours in attribute::ATTRIBUTES.iter().filter(|ours| ours.on == attribute::Position::Table) {
        let columns = ours.example.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let mut fields: Vec<&str> = columns.filter(|word| word.ends_with("_id") || word.ends_with("_at")).collect();
        fields.extend(["status", "id"]);
        fields.sort_unstable();
        fields.dedup();
        // The bounds of a partition are values of its key.
        let (by, of) = match ours.name {
            "partition" => ("#[table(partition_by = \"RANGE (id)\")]", "DateTime<Utc>"),
            _ => ("", "Uuid"),
        };
        let fields: String = fields.iter().map(|field| format!("{field}: {of}, ")).collect();
        let input = syn::parse_str(&format!("{by} {} struct Event {{ {fields} }}", ours.example)).unwrap();
        read += usize::from(same_table(&input, &Profile::default()));
    }
    assert_eq!(read, 10);
}
