//! What the derives say about models that are wrong, exactly, and that those which are right compile.
//!
//! `tests/ui/<rule>/bad.rs` is the rule's own bad example, as a program: `UPDATE_UI=1 cargo test --test ui` rewrites
//! it, `TRYBUILD=overwrite` what the compiler says about it. Read both before they are committed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tablewright_core::config::Profile;
use tablewright_core::parse;
use tablewright_core::rules::{RULES, RuleCheck};

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*/bad*.rs");
    cases.pass("tests/ui/*/good*.rs");
}

#[test]
fn every_rule_has_its_program() {
    let (mut stale, mut good) = (Vec::new(), String::from(GOOD));
    for rule in RULES {
        let program = format!(
            "//! {}\n#![allow(dead_code, unused_imports)]\n\n{}\nfn main() {{}}\n",
            rule.summary,
            items(rule.bad)
        );
        // The derive cannot see what needs other tables or settings: only the command line's tests read it.
        if matches!(rule.check, RuleCheck::Schema(_)) || !rule.settings.is_empty() {
            update(&folder(rule.id).join("schema.rs"), &program, &mut stale);
            continue;
        }
        update(&folder(rule.id).join("bad.rs"), &program, &mut stale);
        let indented = items(rule.good).replace('\n', "\n    ").replace("\n    \n", "\n\n");
        writeln!(good, "\nmod r#{} {{\n    {}\n}}", rule.id, indented.trim_end()).unwrap();
    }
    good.push_str("\nfn main() {}\n");
    // One program for all of them: each by itself would be linked by itself.
    update(&folder("rules").join("good.rs"), &good, &mut stale);
    assert!(stale.is_empty(), "these are not the rules' examples; UPDATE_UI=1 rewrites them: {stale:#?}");
}

/// A query that no index serves compiles once the line that its message prints is typed, in place of what it says.
#[test]
fn the_index_that_a_message_prints_serves() {
    let folder = folder("query_index");
    let bad = std::fs::read_to_string(folder.join("bad_lines.rs")).unwrap();
    let derive = "#[derive(Table)]\n";
    let mut parts = bad.split(derive);
    let mut good = parts.next().unwrap().replace(
        "//! Queries that no index serves. `good_lines.rs` is this program with the line that each message prints.",
        "//! `bad_lines.rs` with the line that each message prints: written by a test.",
    );
    let mut added = 0;
    for part in parts {
        good.push_str(derive);
        let end = part.find("\n}\n").unwrap() + 3;
        let item: syn::ItemStruct = syn::parse_str(&format!("{derive}{}", &part[..end])).unwrap();
        let model = parse::table(&item.into(), &Profile::default()).model.unwrap();
        let mut lines: Vec<&str> = part.lines().collect();
        let found = tablewright_core::rules::table(&model.table, &Profile::default());
        for found in &found {
            assert_eq!(found.rule, "query_index", "{}", found.text());
            let help = found.help.as_deref().unwrap();
            let (line, replaced) =
                help.split_once("\nin place of ").map_or((help, None), |(line, name)| (line, Some(name)));
            assert!(line.starts_with("#[index("), "{}", found.text());
            if let Some(name) = replaced {
                let number = model.table.indexes.iter().position(|index| format!("`{}`", index.name) == name).unwrap();
                let attribute = lines.iter().enumerate().filter(|(_, line)| line.starts_with("#[index(")).nth(number);
                let at = attribute.unwrap().0;
                lines.remove(at);
            }
            let at = lines.iter().position(|line| line.starts_with("#[query(")).unwrap();
            lines.insert(at, line);
            added += 1;
        }
        let mended = lines.join("\n");
        let end = mended.find("\n}\n").map_or(mended.len(), |end| end + 3);
        let item: syn::ItemStruct = syn::parse_str(&format!("{derive}{}", &mended[..end])).unwrap();
        let model = parse::table(&item.into(), &Profile::default()).model.unwrap();
        let left = tablewright_core::rules::table(&model.table, &Profile::default());
        assert!(left.is_empty(), "{mended}\n{}", left[0].text());
        good.push_str(&mended);
        good.push('\n');
    }
    assert!(added >= 20, "{added}");
    let mut stale = Vec::new();
    update(&folder.join("good_lines.rs"), &good, &mut stale);
    assert!(stale.is_empty(), "good_lines.rs is not what the messages print; UPDATE_UI=1 writes it");
}

/// The most lines that one error has, less the compiler's own trace of the bound that it found broken.
const MOST_LINES: usize = 15;

/// Programs of one mistake of which the compiler says more, and why nothing can be done about it.
const MORE: &[(&str, usize, &str)] = &[
    ("bad_enumeration", 5, "each thing that is made of the field fails by itself; the first error says it all"),
    ("bad_executor_many", 3, "a future of no name repeats its bounds for each of its parts"),
    ("bad_prelude_none", 16, "no derive runs, so every attribute and every type is unknown to the compiler"),
    ("bad_two", 4, "it has four mistakes, to show that one does not hide the others"),
];

/// Programs with an error that is longer, and why.
const LONGER: &[(&str, &str)] = &[(
    "bad_prelude",
    "`find` is also a function of `Iterator`, which the compiler speaks of before it names the import",
)];

/// One mistake is one short error, and the first error is the cause.
#[test]
fn one_mistake_is_one_short_error() {
    let mut wrong = Vec::new();
    let mut folders: Vec<_> = std::fs::read_dir(folder("")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut seen = 0;
    for file in folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path())
    {
        if file.extension().is_none_or(|extension| extension != "stderr") {
            continue;
        }
        let said = std::fs::read_to_string(&file).unwrap();
        let errors: Vec<&str> = said.split("\n\n").filter(|block| !block.trim().is_empty()).collect();
        seen += errors.len();
        let name = file.file_stem().unwrap().to_str().unwrap();
        for error in &errors {
            let ours = error.lines().take_while(|line| !line.starts_with("note: required by a bound"));
            if ours.count() > MOST_LINES && LONGER.iter().all(|(known, _)| *known != name) {
                wrong.push(format!("{}: an error of more than {MOST_LINES} lines:\n{error}", file.display()));
            }
        }
        if file.parent().is_some_and(|folder| folder.ends_with("mistake")) {
            let allowed = MORE.iter().find(|(known, ..)| *known == name).map_or(1, |(_, allowed, _)| *allowed);
            if errors.len() != allowed {
                wrong.push(format!("{}: {} errors, not {allowed}", file.display(), errors.len()));
            }
        }
    }
    assert!(seen > 100, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const GOOD: &str = "//! The good example of each rule.\n#![allow(dead_code, unused_imports)]\n";

fn update(file: &Path, text: &str, stale: &mut Vec<PathBuf>) {
    if std::fs::read_to_string(file).ok().as_deref() == Some(text) {
        return;
    }
    if std::env::var_os("UPDATE_UI").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    } else {
        stale.push(file.to_owned());
    }
}

fn folder(rule: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui").join(rule)
}

/// The example with what it names and does not define.
fn items(example: &str) -> String {
    let mut program = format!(
        "use tablewright::prelude::*;\nuse tablewright::sqlx::postgres::types::PgRange;\nuse \
         tablewright::sqlx::types::JsonValue as Value;\nuse tablewright::sqlx::types::chrono::{{NaiveDateTime, NaiveTime}};\n{}\n",
        example.trim_end()
    );
    let (mut defined, mut tables, mut types) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for item in syn::parse_file(example).unwrap().items {
        match item {
            syn::Item::Struct(item) => {
                defined.insert(item.ident.to_string());
                let Some(model) = parse::table(&item.into(), &Profile::default()).model else { continue };
                tables.extend(model.table.foreign_keys.iter().filter_map(|key| key.model.clone()));
                let unknown = model.table.columns.iter().filter_map(|column| column.sql_type.unresolved());
                types.extend(unknown.map(str::to_owned));
            }
            syn::Item::Enum(item) => {
                defined.insert(item.ident.to_string());
            }
            _ => {}
        }
    }
    for name in tables.difference(&defined) {
        let columns = "id: Uuid,\n    created_at: DateTime<Utc>,\n    updated_at: DateTime<Utc>,";
        write!(program, "\n#[derive(Table)]\nstruct {name} {{\n    {columns}\n}}\n").unwrap();
    }
    for name in types.difference(&defined) {
        write!(program, "\n#[derive(Enumeration)]\nenum {name} {{\n    Some,\n    Other,\n}}\n").unwrap();
    }
    for (_, rest) in example.match_indices("Json<").map(|(at, mark)| example.split_at(at + mark.len())) {
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        if !defined.contains(&name) && example.matches(&format!("struct {name}")).next().is_none() {
            let derive = "#[derive(serde::Serialize, serde::Deserialize)]";
            write!(program, "\n{derive}\nstruct {name} {{\n    text: String,\n}}\n").unwrap();
        }
    }
    program
}
