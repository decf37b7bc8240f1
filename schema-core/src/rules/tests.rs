use super::*;
use crate::parse;
use crate::schema::Schema;

/// Reads the items of an example as the scan would, and gives what they break.
fn broken_with(source: &str, profile: &Profile) -> Vec<Diagnostic> {
    let file = syn::parse_file(source).unwrap_or_else(|error| panic!("{error} in {source}"));
    let mut together = Schema::default();
    let mut found = Vec::new();
    for item in file.items {
        match item {
            syn::Item::Struct(item) => {
                let parsed = parse::table(&item.into(), profile);
                assert!(parsed.errors.is_empty(), "{:?}", parsed.errors.iter().map(Diagnostic::text).collect::<Vec<_>>());
                let model = parsed.model.unwrap_or_else(|| panic!("no model in {source}"));
                found.extend(table(&model.table, profile));
                together.tables.insert(model.table.name.clone(), model.table);
            }
            syn::Item::Enum(item) => {
                let model = parse::enumeration(&item.into()).model.unwrap();
                together.enumerations.insert(model.ident.to_string(), model.enumeration);
            }
            _ => {}
        }
    }
    for column in together.tables.values_mut().flat_map(|table| &mut table.columns) {
        if let SqlType::Rust(name) = &column.sql_type
            && let Some(enumeration) = together.enumerations.get(name)
        {
            column.sql_type = SqlType::Text;
            column.enumeration = Some(enumeration.name.clone());
        }
    }
    let enumerations = std::mem::take(&mut together.enumerations).into_values();
    together.enumerations = enumerations.map(|enumeration| (enumeration.name.clone(), enumeration)).collect();
    found.extend(schema(&together, profile));
    found
}

/// The same for an example of a rule: a rule of one table stands without the tables around it.
fn broken(source: &str, rule: &Rule) -> Vec<Diagnostic> {
    let profile = crate::config::example(rule.settings);
    let found = broken_with(source, &profile);
    let lone = !matches!(rule.check, Check::Schema(_));
    found.into_iter().filter(|found| !(lone && found.rule == "foreign_key_target" && rule.id != found.rule)).collect()
}

#[test]
fn the_bad_example_breaks_its_rule_once_and_no_other() {
    for rule in RULES {
        let found: Vec<_> = broken(rule.bad, rule).iter().map(|found| (found.rule, found.text())).collect();
        assert!(matches!(found.as_slice(), [(id, _)] if *id == rule.id), "{}: {found:#?}", rule.id);
    }
}

#[test]
fn the_good_example_breaks_nothing() {
    for rule in RULES {
        let found: Vec<_> = broken(rule.good, rule).iter().map(Diagnostic::text).collect();
        assert!(found.is_empty(), "{}: {found:#?}", rule.id);
    }
}

#[test]
fn every_rule_is_registered_under_its_file_s_name() {
    let mut ids: Vec<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert!(ids.is_sorted());
    // What is no rule's file.
    ids.extend(["docs", "facts", "mod", "tests", "waiver"].map(str::to_owned));
    ids.sort();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, ids);
}

#[test]
fn waivers_are_held_to_account() {
    let source = |attribute: &str| {
        format!(
            "#[derive(Table)] #[table({attribute})] struct Event {{ id: Uuid, #[column(type = \"TIMESTAMP\")] \
             seen_at: NaiveDateTime, created_at: DateTime<Utc>, updated_at: DateTime<Utc> }}"
        )
    };
    let texts = |attribute: &str| {
        let found = broken(&source(attribute), &timestamptz::RULE);
        found.iter().map(|found| format!("{}: {}", found.rule, found.message)).collect::<Vec<_>>()
    };
    assert!(texts("allow(timestamptz, reason = \"as the device sends it\")").is_empty());
    assert_eq!(
        texts("allow(timestamptz, reason = \"as the device sends it\"), allow(table_name, reason = \"x\")"),
        ["waiver: nothing here breaks `table_name`"]
    );
    assert_eq!(texts("allow(timestampz, reason = \"x\")").last().unwrap(), "waiver: there is no rule `timestampz`");
    assert!(texts("allow(on_delete, reason = \"x\")").last().unwrap().contains("cannot be waived"));
}
