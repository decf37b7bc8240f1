//! What one branch adds, and names what the other took away or made anew: never said to commute, whichever comes last.

mod common;

use common::branches::{commit, git, run};
use common::{Package, STANDARD};
use tablewright_core::migrations::Lock;

const FUNCTION: &str =
    "CREATE FUNCTION is_fine(value BIGINT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS 'SELECT value > 0';\n";

/// A table with a column of each kind that can go, and one that nothing is about.
fn start() -> Package {
    let package = Package::of("pub mod models;\n");
    package.write("schema.toml", "sql = \"sql\"\n");
    package.write("sql/is_fine.up.sql", FUNCTION);
    package.write("sql/is_fine.down.sql", "DROP FUNCTION is_fine(BIGINT);\n");
    package.write(
        "src/models.rs",
        format!(
            "#[derive(Table)]\npub struct Order {{\n    pub id: Uuid,\n    pub amount: i64,\n    pub total: i64,\n    \
             pub note: Option<String>,\n    pub tone: Tone,\n    pub shade: Shade,\n{STANDARD}}}\n\
             #[derive(Table)]\npub struct User {{\n    pub id: Uuid,\n{STANDARD}}}\n\
             #[derive(Enumeration)]\n#[enumeration(storage = native)]\npub enum Tone {{ Red, Blue }}\n\
             #[derive(Enumeration)]\npub enum Shade {{ Red, Blue }}\n"
        ),
    );
    git(&package, &["init", "-q", "-b", "main"]);
    git(&package, &["config", "user.email", "dev@example.com"]);
    git(&package, &["config", "user.name", "Dev"]);
    run(&package, &["migrate", "start"]);
    run(&package, &["seal"]);
    commit(&package);
    package
}

/// A change of the models or of a file: what it is called, its file, what it replaces and by what, and the words of `migrate`.
type Change = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

fn change(package: &Package, (name, file, from, to, words): Change) {
    if from.is_empty() {
        package.write(file, to);
        if file.ends_with(".up.sql") {
            package.write(&file.replace(".up.", ".down."), "DROP VIEW seen;\n");
        }
    } else {
        package.change(file, from, to);
    }
    run(package, &[&["migrate", name], words].concat());
    run(package, &["seal"]);
    commit(package);
}

const MODELS: &str = "src/models.rs";
const ORDER: &str = "#[derive(Table)]\npub struct Order";

const NO_AMOUNT: Change = ("no_amount", MODELS, "    pub amount: i64,\n", "", &["--drop", "orders.amount"]);
const NO_ORDERS: Change = (
    "no_orders",
    MODELS,
    "pub struct Order {",
    "#[table(name = \"purchases\", renamed_from = \"orders\")]\npub struct Order {",
    &["--offline-rename"],
);
const TEXT_AMOUNT: Change = (
    "text_amount",
    MODELS,
    "    pub amount: i64,\n",
    "    #[column(numeric(20, 2))]\n    pub amount: Decimal,\n",
    &["--acknowledge", "rewrites orders"],
);
const NO_BLUE: Change =
    ("no_blue", MODELS, "pub enum Tone { Red, Blue }", "pub enum Tone { Red }", &["--acknowledge", "rewrites orders"]);
const NO_FUNCTION: Change = ("no_function", "sql/is_fine.up.sql", FUNCTION, "", &[]);

/// What the branch adds.
const ADDED: [(&str, &str); 9] = [
    ("expression", "#[index(\"abs(amount)\")]\n"),
    ("partial", "#[index(total, where = \"amount > 7\")]\n"),
    ("check", "#[check(\"amount > 7\")]\n"),
    ("unique", "#[unique(amount, total)]\n"),
    ("unique_where", "#[unique(total, where = \"amount > 7\")]\n"),
    ("policy", "#[policy(large, using = \"amount > 7\")]\n"),
    ("trigger", "#[trigger(\"BEFORE UPDATE OF amount\", function = \"kept\", body = \"BEGIN RETURN NEW; END\")]\n"),
    ("body", "#[trigger(\"BEFORE UPDATE\", function = \"kept\", body = \"BEGIN NEW.amount := 1; RETURN NEW; END\")]\n"),
    (
        "when",
        "#[trigger(\"BEFORE UPDATE\", function = \"kept\", when = \"NEW.amount > 7\", body = \"BEGIN RETURN NEW; END\")]\n",
    ),
];

/// Both merges, each with the other branch as the later one; what the command says of both.
fn both_ways(package: &Package) -> Vec<String> {
    let mut said = Vec::new();
    for (into, from) in [("main", "feature"), ("feature", "main")] {
        assert!(git(package, &["checkout", "-q", into]));
        git(package, &["merge", "-q", "--no-edit", from]);
        assert!(package.run(&["check"]).contains("cargo schema rebase"));
        let lock = package.read("schema.lock");
        for later in ["ours", "theirs"] {
            said.push(package.run(&["rebase", "--later", later]));
            if said.last().is_some_and(|said| !said.starts_with("exit code 0")) {
                assert_eq!(package.read("schema.lock"), lock);
            }
        }
        assert!(git(package, &["merge", "--abort"]) && git(package, &["clean", "-qfd"]));
    }
    said
}

/// The branch adds the one, main does the other: each merge names the thing.
fn clash(added: Change, taken: Change, words: &[&str]) {
    let package = start();
    assert!(git(&package, &["checkout", "-q", "-b", "feature"]));
    change(&package, added);
    assert!(git(&package, &["checkout", "-q", "main"]));
    change(&package, taken);
    for said in both_ways(&package) {
        let named = said.starts_with("exit code 1\n") && said.contains("do not commute");
        assert!(named && words.iter().all(|word| said.contains(word)), "{} and {}: {said}", added.0, taken.0);
    }
}

#[test]
fn what_names_a_dropped_column_does_not_commute() {
    for (name, line) in ADDED {
        let model = format!("#[derive(Table)]\n{line}pub struct Order");
        clash((name, MODELS, ORDER, model.leak(), &[]), NO_AMOUNT, &["orders.amount away"]);
    }
}

#[test]
fn what_reads_a_column_of_another_type_does_not_commute() {
    for (name, line) in ADDED.iter().filter(|(name, _)| ["check", "expression"].contains(name)) {
        let model = format!("#[derive(Table)]\n{line}pub struct Order");
        clash((name, MODELS, ORDER, model.leak(), &[]), TEXT_AMOUNT, &["orders.amount anew"]);
    }
}

#[test]
fn what_names_a_table_a_value_or_a_function_that_is_gone_does_not_commute() {
    let view: Change =
        ("seen", "sql/seen.up.sql", "", "-- after: orders\nCREATE VIEW seen AS SELECT o.amount FROM orders o;\n", &[]);
    clash(view, NO_AMOUNT, &["the SQL of seen", "orders.amount away"]);
    clash(view, NO_ORDERS, &["the SQL of seen", "orders away"]);
    let reference: Change = (
        "reference",
        MODELS,
        "pub struct User {\n    pub id: Uuid,\n",
        "#[index(order_id)]\npub struct User {\n    pub id: Uuid,\n    #[references(Order, on_delete = cascade)]\n    pub order_id: Option<Uuid>,\n",
        &[],
    );
    clash(reference, NO_ORDERS, &["orders"]);
    let value: Change =
        ("value", MODELS, ORDER, "#[derive(Table)]\n#[index(total, where = \"tone = 'blue'\")]\npub struct Order", &[]);
    clash(value, NO_BLUE, &["blue"]);
    let computed: Change = (
        "computed",
        MODELS,
        "    pub note:",
        "    #[column(generated = \"amount * 2\")]\n    pub twice: Option<i64>,\n    pub note:",
        &["--acknowledge", "rewrites orders"],
    );
    clash(computed, NO_AMOUNT, &["orders.twice", "orders.amount away"]);
    let shades: Change = ("shade", MODELS, "pub enum Shade { Red, Blue }", "pub enum Shade { Red, Blue, Grey }", &[]);
    let others: Change = ("other", MODELS, "pub enum Shade { Red, Blue }", "pub enum Shade { Red, Blue, Pink }", &[]);
    clash(shades, others, &["orders_shade_check"]);
}

#[test]
fn what_calls_a_function_that_is_gone_does_not_commute() {
    let package = start();
    assert!(git(&package, &["checkout", "-q", "-b", "feature"]));
    let model = "#[derive(Table)]\n#[check(\"is_fine(amount)\")]\npub struct Order";
    change(&package, ("fine", MODELS, ORDER, model, &[]));
    assert!(git(&package, &["checkout", "-q", "main"]));
    for file in ["sql/is_fine.up.sql", "sql/is_fine.down.sql"] {
        std::fs::remove_file(package.path().join(file)).unwrap();
    }
    package.write("sql/.gitkeep", "");
    run(&package, &["migrate", NO_FUNCTION.0]);
    run(&package, &["seal"]);
    commit(&package);
    for said in both_ways(&package) {
        assert!(said.contains("the SQL of is_fine away"), "{said}");
    }
}

/// No schema holds what a person's statements read.
#[test]
fn rows_that_are_changed_by_a_dropped_column_do_not_commute() {
    let package = start();
    assert!(git(&package, &["checkout", "-q", "-b", "feature"]));
    run(&package, &["migrate", "fill", "--empty"]);
    let file = "migrations/003_fill.up.sql";
    package.write(file, format!("{}\nUPDATE orders SET total = amount;\n", package.read(file)));
    run(&package, &["seal"]);
    commit(&package);
    assert!(git(&package, &["checkout", "-q", "main"]));
    change(&package, NO_AMOUNT);
    git(&package, &["merge", "-q", "feature"]);
    let said = package.run(&["rebase"]);
    assert!(said.contains("003_fill: the branches do not commute: it reads the column orders.amount"), "{said}");
    // The other way round, each statement finds what it reads.
    let said = package.run(&["rebase", "--later", "ours"]);
    assert!(said.starts_with("exit code 0\n"), "{said}");
}

/// A value is put beside its neighbour, so the later branch's comes between.
#[test]
fn values_of_both_branches_are_in_the_order_of_the_database() {
    let package = start();
    assert!(git(&package, &["checkout", "-q", "-b", "feature"]));
    let tones = "pub enum Tone { Red, Blue }";
    change(&package, ("grey", MODELS, tones, "pub enum Tone { Red, Blue, Grey }", &[]));
    assert!(git(&package, &["checkout", "-q", "main"]));
    change(&package, ("pink", MODELS, tones, "pub enum Tone { Red, Blue, Pink }", &[]));
    git(&package, &["merge", "-q", "feature"]);
    package.write(
        MODELS,
        package
            .read(MODELS)
            .lines()
            .filter(|line| !line.starts_with("<<<<<<<") && !line.starts_with("pub enum Tone { Red, Blue, Grey"))
            .filter(|line| !line.starts_with("=======") && !line.starts_with(">>>>>>>"))
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    );
    package.change(MODELS, "Red, Blue, Pink", "Red, Blue, Grey, Pink");
    run(&package, &["rebase"]);
    let lock = Lock::parse(std::path::Path::new("schema.lock"), &package.read("schema.lock")).unwrap();
    let values: Vec<&str> = lock.schema.enumerations["tone"].values.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(values, ["red", "blue", "grey", "pink"]);
    run(&package, &["check", "--ci"]);
    let database = tablewright_tempdb::database();
    common::runner::sqlx_run(database.url(), &package.path().join("migrations")).unwrap();
    let order = "SELECT string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum";
    assert_eq!(common::runner::value(&database, order), "red blue grey pink");
    run(&package, &["drift", database.url()]);
}
