use std::fs;

use syn::DeriveInput;

use super::*;
use crate::config::Profile;
use crate::migrations::Lock;
use crate::parse;
use crate::parse::scan::scan;

const MODEL: &str = "#[derive(Table)] #[table(soft_delete)] #[index(user_id, status)] #[check(\"amount > 0\")] pub struct Order {
    pub id: Uuid, #[references(User, on_delete = restrict)] pub user_id: Uuid, pub status: OrderStatus, pub email: Email,
    #[column(numeric(12, 2), default = \"1\")] pub amount: Decimal, #[column(unique)] pub number: String,
    #[column(generated = \"lower(number)\")] pub search: String, pub ip: Option<Vec<Email>>,
    pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc>, pub deleted_at: Option<DateTime<Utc>> }";
const REST: &str =
    "#[derive(Table)] pub struct User { pub id: Uuid, pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }
    #[derive(Enumeration)] pub enum OrderStatus { Open, Paid } #[derive(SqlType)] pub struct Email(String);";

fn lock_of(models: &str) -> Lock {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/lib.rs"), models).unwrap();
    let scan = scan(folder.path(), &Profile::default()).unwrap_or_else(|failure| panic!("{:#?}", failure.reports));
    let migration = crate::migrations::Migration { name: "001_a".to_owned(), sealed: true, ..Default::default() };
    Lock::new(vec![migration], &scan.schema)
}

fn index() -> Index {
    Index::new(lock_of(&format!("{MODEL}\n{REST}")).text().unwrap()).unwrap()
}

fn model(text: &str) -> Table {
    let input: DeriveInput = syn::parse_str(text).unwrap();
    let parsed = parse::table(&input, &Profile::default());
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors.iter().map(Diagnostic::text).collect::<Vec<_>>());
    parsed.model.unwrap().table
}

fn told(text: &str) -> Vec<String> {
    table(&index(), &model(text)).into_iter().map(|found| format!("{} {}", found.at, found.message)).collect()
}

#[test]
fn what_serde_reads_is_read_alike() {
    for schema in [lock_of(&format!("{MODEL}\n{REST}")).schema, crate::migrations::tests::full()] {
        let migration = crate::migrations::Migration { name: "001_a".to_owned(), sealed: true, ..Default::default() };
        let text = Lock::new(vec![migration], &schema).text().unwrap();
        let lock = Lock::parse(std::path::Path::new("schema.lock"), &text).unwrap();
        let index = Index::new(text).unwrap();
        assert_eq!(index.last(), Some("001_a"));
        for (name, table) in &lock.schema.tables {
            assert_eq!(Table::read(&json::parse(index.table(name).unwrap()).unwrap()).as_ref(), Some(table));
        }
        for (name, enumeration) in &lock.schema.enumerations {
            assert_eq!(
                Enumeration::read(&json::parse(index.enumeration(name).unwrap()).unwrap()).as_ref(),
                Some(enumeration)
            );
        }
    }
}

#[test]
fn a_model_that_the_lock_knows_has_no_drift() {
    assert_eq!(told(MODEL), [""; 0]);
    // Nor one whose documentation, queries or waivers changed.
    let reworded =
        MODEL.replace("pub user_id", "/// Who.\n pub user_id").replace("#[table(soft", "#[table(rows = 5, soft");
    assert_eq!(told(&reworded), [""; 0]);
}

#[test]
fn what_no_migration_knows_is_reported_at_its_place() {
    let with = |from: &str, to: &str| {
        assert!(MODEL.contains(from), "{from}");
        told(&MODEL.replace(from, to))
    };
    let up = "and no migration up to 001_a does that";
    assert_eq!(
        with("pub email: Email,", "pub email: Email, pub note: String,"),
        [format!("orders.note the column is new, {up}")]
    );
    assert_eq!(with("pub email: Email,", ""), [format!("orders the column orders.email is gone, {up}")]);
    assert_eq!(
        with("#[column(unique)] pub number: String", "#[column(unique)] pub number: Option<String>"),
        [format!("orders.number the column is now nullable, {up}")]
    );
    assert_eq!(
        with("12, 2", "14, 2"),
        [format!("orders.amount the column is NUMERIC(14, 2), it was NUMERIC(12, 2), {up}")]
    );
    assert_eq!(
        with("amount > 0", "amount > 1"),
        [format!("orders.amount#check.0 the check orders_amount_check has changed, {up}")]
    );
    assert_eq!(
        with("user_id, status)", "user_id, status desc)"),
        [format!("orders#index.0 the index idx_orders_user_id_status has changed, {up}")]
    );
    assert_eq!(
        with("Vec<Email>", "Vec<Phone>"),
        [""; 0],
        "what a type of the program stands for is the scan's to know"
    );
    let renamed = with("pub email: Email", "#[column(renamed_from = \"email\")] pub mail: Email");
    assert_eq!(renamed[0], format!("orders.mail the column was email, {up}"));
    let named = "#[derive(Table)] pub struct Thing { pub id: Uuid, pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }";
    assert_eq!(told(named), ["things the table is new, and no migration up to 001_a creates it"]);
}

#[test]
fn values_of_an_enumeration_are_held_against_the_lock() {
    let told = |text: &str| {
        let input: DeriveInput = syn::parse_str(text).unwrap();
        enumeration(&index(), &parse::enumeration(&input).model.unwrap().enumeration)
    };
    assert_eq!(told("enum OrderStatus { Open, Paid }"), []);
    assert_eq!(
        told("enum OrderStatus { Open, Lost }"),
        [
            (Some(1), "the value 'lost' is new, and no migration up to 001_a adds it".to_owned()),
            (None, "the value 'paid' is gone, and no migration up to 001_a takes it away".to_owned()),
        ]
    );
    assert_eq!(told("enum Colour { Red }"), []);
}

#[test]
fn a_lock_that_is_none_says_so() {
    assert!(Index::new("{\n<<<<<<< HEAD\n".to_owned()).unwrap_err().contains("cargo schema rebase"));
    assert!(Index::new("{}".to_owned()).unwrap_err().contains("cargo schema check"));
    let empty = Lock::new(Vec::new(), &Schema::default());
    assert_eq!(Index::new(empty.text().unwrap()).unwrap().last(), None);
}

/// Both costs are paid once for a crate and once for a model; the limits are far above what they take.
#[test]
fn a_large_lock_is_indexed_once_and_a_table_is_found_at_once() {
    let one = lock_of(&format!("{MODEL}\n{REST}"));
    let mut schema = one.schema.clone();
    for number in 0..1000 {
        let name = format!("orders_{number}");
        schema.tables.insert(name.clone(), Table { name, ..one.schema.tables["orders"].clone() });
    }
    let text = Lock::new(one.migrations, &schema).text().unwrap();
    let bytes = text.len();
    let start = std::time::Instant::now();
    let index = Index::new(text).unwrap();
    let indexed = start.elapsed();
    let own = model(MODEL);
    let start = std::time::Instant::now();
    for _ in 0..100 {
        std::hint::black_box(json::parse(index.table("orders").unwrap()).unwrap());
    }
    println!("parse {:?}", start.elapsed() / 100);
    let start = std::time::Instant::now();
    for _ in 0..100 {
        assert!(table(&index, &own).is_empty());
    }
    let each = start.elapsed() / 100;
    println!("{bytes} bytes indexed in {indexed:?}, a table compared in {each:?}");
    assert!(indexed.as_millis() < 2_000 && each.as_millis() < 20, "{indexed:?} {each:?}");
}

#[test]
fn a_lock_of_another_version_is_said_to_be_one() {
    let text = lock_of(&format!("{MODEL}\n{REST}")).text().unwrap();
    let later = text.replace("\"version\": 1", "\"version\": 2");
    assert_ne!(later, text);
    let error = Index::new(later).unwrap_err();
    assert!(
        error.starts_with("schema.lock is of version 2, and this build of tablewright reads version 1\n"),
        "{error}"
    );
}

/// The lock knows that another model references the table within its tenant.
#[test]
fn the_key_of_a_tenant_is_neither_drift_nor_unknown() {
    let profile = crate::config::example("tenant = \"tenant_id\"");
    let of = |text: &str| {
        let parsed = parse::table(&syn::parse_str::<DeriveInput>(text).unwrap(), &profile);
        assert!(parsed.errors.is_empty());
        parsed.model.unwrap().table
    };
    let text = "#[derive(Table)] pub struct Owner { pub id: Uuid, pub tenant_id: Uuid, \
                pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }";
    let owner = of(text);
    let pet = of(
        "#[derive(Table)] #[foreign_key(tenant_id, owner_id, references = Owner(tenant_id, id), on_delete = cascade)]
         pub struct Pet { pub id: Uuid, pub tenant_id: Uuid, pub owner_id: Uuid, pub created_at: DateTime<Utc>,
         pub updated_at: DateTime<Utc> }",
    );
    let lock = |tables: Vec<Table>| {
        let mut schema = Schema::default();
        schema.tables.extend(tables.into_iter().map(|table| (table.name.clone(), table)));
        crate::schema::add_tenant_keys(&mut schema);
        let migration = crate::migrations::Migration { name: "001_a".to_owned(), sealed: true, ..Default::default() };
        Index::new(Lock::new(vec![migration], &schema).text().unwrap()).unwrap()
    };
    let (alone, together) = (lock(vec![owner.clone()]), lock(vec![owner.clone(), pet]));
    assert_eq!(tenant_key(&alone, &owner), None);
    let key = tenant_key(&together, &owner).unwrap();
    assert_eq!((key.name.as_str(), key.columns.join(" ")), ("owners_tenant_id_id_unique", "tenant_id id".to_owned()));
    for lock in [alone, together] {
        assert_eq!(table(&lock, &owner).iter().map(Diagnostic::text).collect::<Vec<_>>(), [""; 0]);
    }
}
