//! Whatever is typed, the derive answers with errors or with code, never with a panic.

use proptest::prelude::*;
use tablewright_core::attribute;
use tablewright_core::config::Profile;
use tablewright_core::{emit, parse, rules};

/// Models with every attribute of the grammar, to be mutilated.
const SEEDS: &[&str] = &[
    include_str!("expansion/order.rs"),
    r#"
    #[derive(Table)]
    #[table(junction, primary_key(a_id, b_id), rows = 10, growth = "1/day", allow(table_name, reason = "x"))]
    #[foreign_key(a_id, b_id, references = Pair(x, y), on_delete = cascade, deferrable, cycle)]
    #[exclude(room_id with "=", during with "&&", using = gist, where = "a_id IS NOT NULL")]
    #[unique(a_id, b_id, where = "true", nulls_not_distinct, include_deleted, name = "u")]
    #[index("lower(label)", a_id desc nulls_last, label ops("text_ops"), using = btree, include(b_id), unique)]
    pub(crate) struct r#Match {
        #[references(A, on_delete = cascade, on_update = cascade, column = id, table = "as")]
        a_id: Uuid,
        #[references(B, on_delete = set_null)]
        b_id: Option<Uuid>,
        room_id: i64,
        during: PgRange<DateTime<Utc>>,
        #[column(name = "label", type = "CITEXT", unique, default = "'x'", check = "label <> ''", pii, collation = "C")]
        r#type: String,
        #[column(generated = "room_id * 2")]
        twice: i64,
        #[column(identity = by_default, small, renamed_from = "n", backfill = "1", external = "x", reason = "y")]
        number: i32,
        tags: Vec<String>,
        created_at: DateTime<Utc>,
    }
    #[derive(Enumeration)]
    #[enumeration(storage = native, name = "kind")]
    enum Kind { A, #[enumeration(value = "bee", renamed_from = "b")] B }
    #[derive(SqlType)]
    #[sql_type(type = "CITEXT")]
    struct Label(String);
    "#,
];

fn run(source: &str) {
    let Ok(file) = syn::parse_file(source) else { return };
    for item in file.items {
        let input: syn::DeriveInput = match item {
            syn::Item::Struct(item) => item.into(),
            syn::Item::Enum(item) => item.into(),
            syn::Item::Union(item) => item.into(),
            _ => continue,
        };
        for profile in [Profile::default(), Profile { tenant: Some("tenant_id".to_owned()), ..Profile::default() }] {
            let parsed = parse::table(&input, &profile);
            let _ = attribute::compile_errors(&parsed.errors);
            if let Some(model) = parsed.model {
                let found = rules::table(&model.table, &profile);
                let broken = !parsed.errors.is_empty() || !found.is_empty();
                let code = emit::table(&model, &profile, broken);
                assert!(syn::parse2::<syn::File>(code.clone()).is_ok(), "emitted what does not parse: {code}");
            }
        }
        let parsed = parse::enumeration(&input);
        parsed.model.map(|model| emit::enumeration(&model, !parsed.errors.is_empty()));
        let parsed = parse::newtype(&input);
        parsed.model.map(|model| emit::newtype(&model));
    }
}

/// The tokens of a source, each as text: what is cut, doubled and swapped.
fn words(source: &str) -> Vec<String> {
    fn walk(tokens: proc_macro2::TokenStream, words: &mut Vec<String>) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                        proc_macro2::Delimiter::Brace => ("{", "}"),
                        proc_macro2::Delimiter::Bracket => ("[", "]"),
                        proc_macro2::Delimiter::None => ("", ""),
                    };
                    words.push(open.to_owned());
                    walk(group.stream(), words);
                    words.push(close.to_owned());
                }
                other => words.push(other.to_string()),
            }
        }
    }
    let mut all = Vec::new();
    walk(source.parse().unwrap(), &mut all);
    all
}

#[test]
fn the_seeds_themselves_are_models() {
    for seed in SEEDS {
        assert!(syn::parse_file(seed).is_ok());
        run(seed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutilated_models_do_not_panic(
        seed in 0..SEEDS.len(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..5_u8, any::<prop::sample::Index>()), 1..6),
        text in "[ -~]{0,12}|\\PC{0,6}",
    ) {
        let mut words = words(SEEDS[seed]);
        for (at, how, other) in edits {
            let (at, other) = (at.index(words.len()), other.index(words.len()));
            match how {
                0 if words.len() > 1 => { words.remove(at); }
                1 => { let word = words[at].clone(); words.insert(other, word); }
                2 => words.swap(at, other),
                3 => words[at] = format!("{text:?}"),
                _ => words[at] = words[other].clone(),
            }
        }
        run(&words.join(" "));
    }

    #[test]
    fn any_sql_text_is_answered(text in "\\PC{0,40}|[a-z0-9 ()'\"<>=:$.,;|&*/+-]{0,40}") {
        let _ = tablewright_core::expression::Fragment::parse(&text).map_err(|problem| problem.pointer(&text));
    }

    #[test]
    fn any_schema_toml_is_answered(text in "\\PC{0,60}|[a-z_.=\\[\\]\"0-9\n ]{0,60}") {
        let _ = tablewright_core::config::parse(&text);
    }
}
