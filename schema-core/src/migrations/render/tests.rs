use super::*;
use crate::dialect::Target;
use crate::migrations::MAX_NAME_BYTES;
use crate::plan::{LockMode, Locks};

fn script(run: Run, groups: &[&[&str]]) -> Script {
    Script {
        what: "adds the index idx_orders_user_id".to_owned(),
        locks: Locks::on(LockMode::ShareUpdateExclusive, ["orders"]),
        takes: "as long as orders is large".to_owned(),
        long: false,
        loses: None,
        reads: Vec::new(),
        policies: Vec::new(),
        changes: Vec::new(),
        refuses: Vec::new(),
        looks: Vec::new(),
        retyped: Vec::new(),
        run,
        groups: groups.iter().map(|group| group.iter().map(|statement| (*statement).into()).collect()).collect(),
    }
}

fn step(name: &str, up: Script, down: Script) -> Step {
    Step {
        start: None,
        name: name.to_owned(),
        phase: Phase::Expand,
        why: "a query wants it".to_owned(),
        acknowledged: Vec::new(),
        up,
        down,
    }
}

fn plan(steps: Vec<Step>) -> Plan {
    Plan { steps }
}

fn text(run: Run, groups: &[&[&str]], profile: &Profile) -> String {
    render(&plan(vec![step("", script(run, groups), script(Run::Nothing, &[]))]), "a", 1, profile).swap_remove(0).1
}

const HEADER: &str = "-- Up: adds the index idx_orders_user_id.\n-- Why: a query wants it.\n-- Phase: expand.\n\
                      -- Locks: SHARE UPDATE EXCLUSIVE on orders.\n-- Takes: as long as orders is large.\n\
                      -- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.\n";
const TIMEOUTS: &str = "SET LOCAL lock_timeout = '2s';\nSET LOCAL statement_timeout = '60s';\n";

#[test]
fn a_transaction_begins_with_its_timeouts() {
    assert_eq!(
        text(Run::Transaction, &[&["A;", "B;"], &["C;"]], &Profile::default()),
        format!("{HEADER}\n{TIMEOUTS}\nA;\nB;\n\nC;\n")
    );
}

#[test]
fn one_statement_alone_has_nothing_next_to_it() {
    assert_eq!(
        text(Run::Alone, &[&["CREATE INDEX CONCURRENTLY i ON orders (user_id);"]], &Profile::default()),
        format!("-- no-transaction\n{HEADER}\nCREATE INDEX CONCURRENTLY i ON orders (user_id);\n")
    );
}

#[test]
fn transactions_of_their_own_have_timeouts_of_their_own() {
    assert_eq!(
        text(Run::Transactions, &[&["A;"], &["B;", "C;"]], &Profile::default()),
        format!("-- no-transaction\n{HEADER}\nBEGIN;\n{TIMEOUTS}A;\nCOMMIT;\n\nBEGIN;\n{TIMEOUTS}B;\nC;\nCOMMIT;\n")
    );
}

#[test]
fn nothing_is_a_comment_that_says_why() {
    let nothing = Script { what: "does nothing: the rows keep their values".to_owned(), ..script(Run::Nothing, &[]) };
    let files =
        render(&plan(vec![step("", script(Run::Transaction, &[&["A;"]]), nothing)]), "a", 1, &Profile::default());
    assert_eq!(files[1].0, "001_a.down.sql");
    assert_eq!(
        files[1].1,
        "-- Down: does nothing: the rows keep their values.\n\
         -- Why: takes back what the way up did (adds the index idx_orders_user_id).\n-- Phase: contract.\n\
         -- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.\n"
    );
}

#[test]
fn where_a_timeout_has_no_meaning_none_is_set_and_no_lock_is_named() {
    let profile = Profile { targets: Target::ALL.to_vec(), ..Profile::default() };
    let header: Vec<&str> = HEADER.lines().filter(|line| !line.starts_with("-- Locks")).collect();
    assert_eq!(text(Run::Transaction, &[&["A;"]], &profile), format!("{}\n\nA;\n", header.join("\n")));
}

#[test]
fn what_is_lost_and_what_was_acknowledged_is_in_the_header() {
    let mut step = step("", script(Run::Transaction, &[&["A;"]]), script(Run::Nothing, &[]));
    step.acknowledged = vec!["drops orders.legacy".to_owned(), "rewrites orders".to_owned()];
    step.up.loses = Some("every value of orders.legacy; put it back from a backup".to_owned());
    let files = render(&plan(vec![step]), "a", 1, &Profile::default());
    assert!(files[0].1.contains("\n-- Acknowledged: drops orders.legacy, rewrites orders.\n-- Lost: every value of orders.legacy; put it back from a backup.\n"), "{}", files[0].1);
    assert!(!files[1].1.contains("Acknowledged"));
}

#[test]
fn several_steps_are_numbered_on_and_named() {
    let a = || script(Run::Transaction, &[&["A;"]]);
    let steps = plan(vec![step("add_note", a(), a()), step("", a(), a()), step(&"x".repeat(120), a(), a())]);
    let names: Vec<String> =
        render(&steps, "orders", 7, &Profile::default()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names[..4],
        ["007_orders_add_note.up.sql", "007_orders_add_note.down.sql", "008_orders.up.sql", "008_orders.down.sql"]
    );
    let long = FileName::parse(&names[4]).unwrap();
    assert_eq!((long.number, long.name.len()), (9, MAX_NAME_BYTES));
    assert_eq!(render(&steps, "orders", 7, &Profile::default())[4].0, names[4]);
}

#[test]
fn other_formats_have_other_names_and_the_date_is_not_part_of_the_text() {
    let body = "DO $$ BEGIN PERFORM 1; END $$;";
    let one = plan(vec![step("", script(Run::Transaction, &[&[body, "B;"]]), script(Run::Alone, &[&["C;"]]))]);
    let naming = Naming { name: "a", first: 1, date: Some(20_260_131) };
    let dated = steps(&one, &naming, &Profile { format: Format::Dated, ..Profile::default() });
    assert_eq!(dated[0].migration, "20260131_001_a");
    assert_eq!(
        dated[0].files().map(|file| file.name.as_str()).collect::<Vec<_>>(),
        ["20260131_001_a.up.sql", "20260131_001_a.down.sql"]
    );
    assert_eq!(dated[0].up.text, render(&one, "a", 1, &Profile::default())[0].1);

    let single = steps(&one, &naming, &Profile { format: Format::Single, ..Profile::default() });
    assert_eq!((single[0].up.name.as_str(), &single[0].down), ("001_a.sql", &None));
    let text = &single[0].up.text;
    assert!(text.starts_with(&format!("-- +migrate Up\n{HEADER}\n{TIMEOUTS}\n-- +migrate StatementBegin\n{body}\n-- +migrate StatementEnd\nB;\n\n-- +migrate Down notransaction\n-- Down: ")), "{text}");
    assert!(text.ends_with("\nC;\n"), "{text}");
}
