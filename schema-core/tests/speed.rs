//! How long the rules take: `cargo test --release -p schema-core --test speed -- --ignored --nocapture`.

use std::fmt::Write as _;
use std::time::Instant;

use schema_core::schema::{Profile, Schema};
use schema_core::{parse, rules};

const TABLES: usize = 1_000;

/// Models of ten columns each, every one with a reference, checks and indexes.
fn models() -> String {
    let mut source = String::new();
    for number in 0..TABLES {
        let parent = number / 2;
        let _ = write!(
            source,
            "#[derive(Table)] #[table(name = \"part_{number}_rows\", soft_delete)]
             #[index(seen_at desc, id desc)] #[index(\"lower(label)\", where = \"amount > 0\")]
             struct Part{number} {{
                 id: Uuid,
                 #[references(Part{parent}, table = \"part_{parent}_rows\", on_delete = restrict)] parent_part_{parent}_row_id: Option<Uuid>,
                 #[column(unique)] code: String, label: String,
                 #[column(numeric(12, 2), default = \"0\", check = \"amount >= 0\")] amount: Decimal,
                 #[column(check = \"length(note) <= 500\")] note: Option<String>,
                 seen_at: DateTime<Utc>, created_at: DateTime<Utc>, updated_at: DateTime<Utc>, deleted_at: Option<DateTime<Utc>>,
             }}\n"
        );
    }
    source
}

#[test]
#[ignore = "a measurement"]
fn a_thousand_tables() {
    let profile = Profile::default();
    let started = Instant::now();
    let file = syn::parse_file(&models()).unwrap();
    let read = started.elapsed();

    let started = Instant::now();
    let mut schema = Schema::default();
    for item in file.items {
        let syn::Item::Struct(item) = item else { continue };
        let parsed = parse::table(&item.into(), &profile);
        assert!(parsed.errors.is_empty(), "{:?}", parsed.errors[0].text());
        let model = parsed.model.unwrap();
        schema.tables.insert(model.table.name.clone(), model.table);
    }
    let lowered = started.elapsed();

    let started = Instant::now();
    let found: Vec<_> = schema.tables.values().flat_map(|table| rules::table(table, &profile)).collect();
    let tables = started.elapsed();
    let started = Instant::now();
    let together = rules::schema(&schema, &profile);
    let schema_rules = started.elapsed();
    assert!(found.is_empty() && together.is_empty(), "{:?} {:?}", found.first(), together.first());
    println!(
        "{TABLES} tables: syn {read:?}, models {lowered:?}, rules of tables {tables:?}, of the schema {schema_rules:?}"
    );
}

#[test]
#[ignore = "a measurement"]
fn ten_thousand_expressions() {
    let started = Instant::now();
    for number in 0..10_000 {
        let _ = schema_core::sql::fragment::Fragment::parse(&format!("amount > {number} AND deleted_at IS NULL"));
    }
    println!("10,000 expressions: {:?}", started.elapsed());
}
