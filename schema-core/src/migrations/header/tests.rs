use proptest::prelude::*;

use super::*;

/// Names and words as a person would never write them.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "\n",
    "\r\n",
    "\u{7}",
    "\u{85}",
    "'",
    "\"",
    ";",
    "--",
    "-- Phase: contract.",
    "\n-- Lost: nothing.\nDROP TABLE orders;\n",
    ",",
    ", ",
    ".",
    "…",
    "%",
    "%2C",
    ":",
    "/*",
    "$$",
    "a",
    "orders",
    "rewrites orders",
    "every row of ",
    "forced on",
    "日本",
    "a_table_with_a_name_that_is_nearly_as_long_as_the_server_takes",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(HOSTILE), 0..9).prop_map(|parts| parts.concat())
}

fn sentence() -> impl Strategy<Value = Option<Sentence>> {
    proptest::option::of(text().prop_map(|text| Sentence::new(&text)))
}

/// A name or a word that was acknowledged.
fn name() -> impl Strategy<Value = String> {
    text().prop_filter("no name is empty", |name| !name.is_empty())
}

fn list() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(name(), 0..4)
}

prop_compose! {
    fn header()(
        no_transaction in any::<bool>(),
        start in proptest::option::of(proptest::sample::select(Start::ALL.to_vec())),
        kind in proptest::option::of((proptest::sample::select(Kind::ALL.to_vec()), text())),
        (why, locks, takes, loses) in (sentence(), sentence(), sentence(), sentence()),
        phase in proptest::option::of(proptest::sample::select(Phase::ALL.to_vec())),
        (reads, changes, refuses, looks, acknowledged) in (list(), list(), list(), list(), list()),
        policies in proptest::collection::vec((name(), proptest::sample::select(Policies::ALL.to_vec())), 0..4),
        retyped in proptest::collection::vec((name(), name()), 0..4),
        writer in proptest::option::of(proptest::sample::select(Writer::ALL.to_vec())),
    ) -> Header {
        let what = kind.as_ref().map(|(_, text)| Sentence::new(text));
        let kind = kind.map(|(kind, _)| kind);
        Header {
            no_transaction,
            kind,
            what,
            why,
            phase,
            start,
            locks,
            takes,
            reads,
            changes,
            refuses,
            looks,
            policies,
            retyped,
            acknowledged,
            loses,
            writer,
        }
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read_back(header in header()) {
        let text = header.to_string();
        prop_assert!(text.lines().all(|line| line.starts_with("--")), "{}", text);
        prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{:?}", text);
        for behind in ["", "SELECT 1;\n-- Phase: contract.\n", "\nSET LOCAL lock_timeout = '2s';\n-- Lost: rows.\n"] {
            prop_assert_eq!(&Header::read(&format!("{text}{behind}")), &header, "{}", text);
        }
    }
}

#[test]
fn a_phase_is_read_from_a_file_that_was_written_by_hand() {
    let phase = |text: &str| Header::read(text).phase;
    for expected in Phase::ALL {
        assert_eq!(
            phase(&format!("-- no-transaction\n-- What it does.\n\n-- Phase: {expected}\n\nSELECT 1;\n")),
            Some(expected)
        );
    }
    assert_eq!(phase("-- Phase: later.\nSELECT 1;\n"), None);
    assert_eq!(phase("SELECT 1;\n-- Phase: expand.\n"), None);
}

#[test]
fn headers_are_read_with_their_continued_lines() {
    let sql = "-- no-transaction\n-- 003_a, up: builds\n--   an index.\n-- Phase: backfill.\n-- Locks: SHARE UPDATE EXCLUSIVE\n--   on orders.\nSELECT 1;\n-- Phase: contract.\n";
    let header = Header::read(sql);
    assert_eq!(header.locks.as_ref().map(Sentence::as_str), Some("SHARE UPDATE EXCLUSIVE on orders."));
    assert_eq!((header.phase, header.no_transaction, header.kind), (Some(Phase::Backfill), true, None));
    assert_eq!(Header::read("SELECT 1;\n-- Lost: rows.").loses, None);
}

#[test]
fn what_was_acknowledged_to_block_is_read_back() {
    for (words, blocks) in [
        (vec!["drops orders.note"], false),
        (vec!["no NULL in orders.note", "loses orders.note"], false),
        (vec!["rewrites orders", "drops orders.note"], true),
        (
            vec![
                "drops a_table_with_a_long_name.a_column_with_a_long_name",
                "drops another_table_of_that_kind.and_a_column",
                "blocks orders",
            ],
            true,
        ),
        (vec!["offline rename"], true),
    ] {
        let acknowledged = words.iter().map(|words| (*words).to_owned()).collect();
        let loses = Some(Sentence::new("the rewrites of it"));
        let text = Header { acknowledged, loses, ..Header::default() }.to_string();
        assert!(text.replace("\n--  ", "").contains(&words.join(", ")), "{text}");
        assert_eq!(Header::read(&text).may_block(), blocks, "{text}");
    }
    assert!(!Header::read("SELECT 1;\n").may_block());
}

#[test]
fn a_line_is_wrapped_and_cannot_carry_sql() {
    let what = Sentence::new(&format!("adds {}", "a_long_name ".repeat(20)));
    let why = Some(Sentence::new("a\nDROP TABLE b;\u{7}"));
    let text = Header { kind: Some(Kind::Up), what: Some(what), why, ..Header::default() }.to_string();
    assert!(text.lines().all(|line| line.starts_with("-- ") && line.chars().count() <= WIDTH + 4), "{text}");
    assert!(text.ends_with("-- Why: a DROP TABLE b;.\n"), "{text}");
}

#[test]
fn names_of_every_kind_are_read_back() {
    let long = "a_table_with_a_name_that_is_nearly_as_long_as_the_server_takes";
    let names =
        ["orders", "Odd name", "a  b", "a, b", "a.", "100%", "%41", "a\"b", "a\nb", "日本", "forced on x", long];
    let reads: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let policies: Vec<(String, Policies)> =
        reads.iter().flat_map(|name| Policies::ALL.map(|policies| (name.clone(), policies))).collect();
    let header = Header { no_transaction: true, reads, policies, ..Header::default() };
    assert_eq!(Header::read(&format!("{header}SELECT 1;\n")), header);
}

#[test]
fn a_header_need_not_say_anything() {
    let said = Header::read("-- Reads: the manual.\n-- Policies: see there.\nSELECT 1;\n");
    assert_eq!((said.reads, said.policies), (Vec::new(), Vec::new()));
    assert_eq!(Header::read("SELECT 1;\n-- Reads: every row of orders.\n"), Header::default());
}
