//! Migration files checked against squawk's rules: <https://squawkhq.com/docs/rules>.

use std::ops::Range;

use squawk_linter::Linter;
use squawk_syntax::ast::{AstNode as _, Stmt};
use squawk_syntax::{Parse, SourceFile};
use tablewright_core::expression::file_too_deep;
use tablewright_core::migrations::{Header, Writer, way_up};
use tablewright_core::plan::Phase;

/// What the linter says of a place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Squawk's rule, `syntax` if the file is not SQL.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// What to do instead, where the linter knows.
    pub help: Option<String>,
    /// The bytes of the file.
    pub range: Range<usize>,
}

/// Rules that do not apply to files that are run once and are planned in phases, each with the reason.
pub const EXCEPTIONS: &[(&str, &str)] = &[(
    "prefer-robust-stmts",
    "a file runs once, and the runner finds what was half done: IF NOT EXISTS would accept what is broken",
)];

/// A statement that cannot run in a transaction cannot have SET next to it: two statements are a transaction. And a file for both
/// databases has none, since CockroachDB changes tables outside of transactions.
const ALONE: &[(&str, &str)] = &[
    ("require-lock-timeout", "the runner sets it for the session"),
    ("require-statement-timeout", "the runner sets it for the session"),
];

/// What our own rules ask of the model; where they are waived, the model says why.
const MODELLED: &[(&str, &str)] = &[
    ("ban-char-field", "the rule `text`"),
    ("prefer-bigint-over-int", "the rule `integer_width`: the model says that the values stay small"),
    ("prefer-bigint-over-smallint", "the rule `integer_width`: the model says that the values stay small"),
    ("prefer-identity", "the rule `primary_key`"),
    ("prefer-text-field", "the rule `text`"),
    ("prefer-timestamp-tz", "the rule `timestamptz`"),
];

/// Rules that a plan breaks where a person has acknowledged it, or where the step before made it safe: squawk sees one file.
const PLANNED: &[(&str, &str)] = &[
    ("adding-not-nullable-field", "an earlier file added a check that proves it"),
    ("ban-drop-column", "a drop is acknowledged by name, and comes after the release that used the column"),
    ("ban-alter-identity", "both releases leave the number to the server, or only the new one does"),
    ("ban-drop-constraint", "its replacement is in force already, or the new release writes what it forbids"),
    ("ban-drop-default", "the column takes NULL, or the old release, which left it out, is gone"),
    ("ban-drop-function", "only the trigger that went with it called it, or it is a person's own, and comes again"),
    ("ban-drop-sequence", "it is a person's own, and comes again with what it belongs to"),
    ("ban-drop-not-null", "the releases that run do not read the column, or read it as optional"),
    ("ban-drop-table", "a drop is acknowledged by name, and comes after the release that used the table"),
    ("ban-drop-view", "it is recreated in the same transaction, or only the old release used it"),
    ("changing-column-type", "only where the type is wider and no row is written"),
    ("renaming-object", "no program names an index or a constraint"),
    ("renaming-table", "a view has the old name"),
    ("require-concurrent-partition-detach", "none leaves a table concurrently that has a default partition"),
];

/// The same for files that run when the old release is gone.
const CONTRACT: &[(&str, &str)] = &[
    ("ban-drop-type", "its columns were dropped before"),
    ("renaming-column", "the new column takes the name of the old one, which has another name from then on"),
];

/// What squawk's default rules say about the way up of a migration, except for the exemptions.
///
/// `by_hand` is whether a person wrote the statements: then nothing was planned or acknowledged, and drops are reported too.
/// Where the header of a planned file says that blocking was acknowledged, it is not reported again.
#[must_use]
pub fn findings(text: &str, by_hand: bool) -> Vec<Finding> {
    let text = &*way_up(text);
    if let Some(at) = file_too_deep(text) {
        let message = "a statement nests too deep to be read".to_owned();
        let help = Some("write it with fewer brackets in brackets".to_owned());
        return vec![Finding { rule: "syntax".to_owned(), message, help, range: at..at + 1 }];
    }
    let file = SourceFile::parse(text);
    let mut found: Vec<Finding> = file
        .errors()
        .iter()
        .map(|error| Finding {
            rule: "syntax".to_owned(),
            message: error.message().to_owned(),
            help: None,
            range: error.range().into(),
        })
        .collect();
    let header = Header::read(text);
    if !by_hand && header.may_block() {
        return found;
    }
    let at_once = header.takes.as_ref().is_some_and(|takes| takes.as_str().starts_with("an instant"));
    let mut linter = Linter::with_default_rules();
    // Several statements that are sent at once are a transaction to the server, whatever the runner makes of the file.
    let no_transaction = header.no_transaction;
    let alone = no_transaction && file.tree().stmts().count() == 1;
    // A file that begins its own transactions is in none before.
    let begins = no_transaction && file.tree().stmts().any(|statement| matches!(statement, Stmt::Begin(_)));
    linter.settings.assume_in_transaction = !alone && !begins;
    let contract = header.phase == Some(Phase::Contract);
    let lists = [
        (EXCEPTIONS, true),
        (ALONE, alone || (no_transaction && !by_hand)),
        // An import writes the tables of its models.
        (MODELLED, !by_hand || header.writer == Some(Writer::Import)),
        (PLANNED, !by_hand),
        (CONTRACT, !by_hand && contract),
    ];
    let excepted: Vec<&str> =
        lists.iter().filter(|(_, holds)| *holds).flat_map(|(list, _)| list.iter().map(|(rule, _)| *rule)).collect();
    for violation in linter.lint(&file, text) {
        let rule = violation.code.to_string();
        // No statement drops an index of all partitions concurrently.
        let of_partitions = !by_hand && rule == INDEX_DELETION && at_once && header.locks_partitions();
        let with_its_key = !by_hand && rule == INDEX_DELETION && goes_with_its_key(text, violation.text_range.into());
        let nobody_waits = rule == INDEX_CREATION && is_of_a_new_view(&file, violation.text_range.into());
        let reads_nothing = !by_hand && UNPROVED.contains(&rule.as_str()) && at_once;
        if !with_its_key && !of_partitions && !nobody_waits && !reads_nothing && !excepted.contains(&rule.as_str()) {
            found.push(Finding {
                rule,
                message: violation.message,
                help: violation.help,
                range: violation.text_range.into(),
            });
        }
    }
    found
}

/// A plan proves a constraint in a file that takes as long as its rows. One that takes an instant is of a table that is new.
const UNPROVED: [&str; 2] = ["adding-foreign-key-constraint", "constraint-missing-not-valid"];

const INDEX_DELETION: &str = "require-concurrent-index-deletion";
const INDEX_CREATION: &str = "require-concurrent-index-creation";

/// Whether the index is of a materialized view that the file makes: squawk knows new tables only.
fn is_of_a_new_view(file: &Parse<SourceFile>, range: Range<usize>) -> bool {
    let mut views: Vec<String> = Vec::new();
    for statement in file.tree().stmts() {
        match statement {
            Stmt::CreateMaterializedView(made) => {
                views.extend(made.view().map(|view| view.syntax().text().to_string().to_lowercase()));
            }
            Stmt::CreateIndex(index) if Range::<usize>::from(index.syntax().text_range()) == range => {
                let on = index.table_relation_name().map(|table| table.syntax().text().to_string().to_lowercase());
                return on.is_some_and(|on| views.contains(&on));
            }
            _ => {}
        }
    }
    false
}

/// Whether the index is what an interrupted way down left of a key: the statement before drops the key, and holds its lock.
fn goes_with_its_key(text: &str, range: Range<usize>) -> bool {
    let name = text[range.clone()].strip_prefix("DROP INDEX IF EXISTS ").map(|name| name.trim_end_matches(';'));
    name.is_some_and(|name| text[..range.start].trim_end().ends_with(&format!("DROP CONSTRAINT IF EXISTS {name};")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str, by_hand: bool) -> Vec<String> {
        findings(text, by_hand).into_iter().map(|found| found.rule).collect()
    }

    const TIMEOUTS: &str = "SET LOCAL lock_timeout = '2s';\nSET LOCAL statement_timeout = '60s';\n";

    #[test]
    fn what_blocks_a_table_is_reported_at_its_place() {
        let text = format!("{TIMEOUTS}CREATE INDEX i ON orders (user_id);\n");
        let found = findings(&text, true);
        assert_eq!(found[0].rule, "require-concurrent-index-creation");
        assert!(text[found[0].range.clone()].starts_with("CREATE INDEX"), "{found:?}");
        assert!(rules("-- no-transaction\nCREATE INDEX CONCURRENTLY i ON orders (user_id);\n", true).is_empty());
        assert_eq!(rules("SELEC 1;", true)[0], "syntax");
    }

    #[test]
    fn an_index_of_partitions_goes_in_an_instant() {
        let drop = |locks: &str| {
            format!(
                "-- Up: drops.\n-- Phase: contract.\n-- Locks: {locks}.\n-- Takes: an instant.\n{TIMEOUTS}DROP INDEX i;\n"
            )
        };
        let of_partitions = drop("ACCESS EXCLUSIVE on items and its partitions");
        assert!(rules(&of_partitions, false).is_empty());
        assert_eq!(rules(&of_partitions, true), ["require-concurrent-index-deletion"]);
        assert_eq!(rules(&drop("ACCESS EXCLUSIVE on items"), false), ["require-concurrent-index-deletion"]);
    }

    #[test]
    fn several_statements_are_one_transaction() {
        let new = "-- no-transaction\nCREATE TABLE t (id BIGINT PRIMARY KEY);\nCREATE INDEX i ON t (id);\n";
        assert!(rules(new, false).is_empty(), "{:?}", findings(new, false));
        let two = "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON t (id);\nCREATE INDEX CONCURRENTLY j ON t (id);\n";
        assert!(rules(two, true).contains(&"ban-concurrent-index-creation-in-transaction".to_owned()));
    }

    #[test]
    fn no_one_waits_for_what_the_file_makes() {
        let view = format!("{TIMEOUTS}CREATE MATERIALIZED VIEW v AS SELECT 1 AS a;\nCREATE UNIQUE INDEX i ON v (a);\n");
        assert!(rules(&view, true).is_empty(), "{:?}", findings(&view, true));
        assert_eq!(rules(&view.replace("ON v", "ON w"), true), [INDEX_CREATION]);
    }

    #[test]
    fn the_way_down_of_a_file_that_holds_both_is_not_linted() {
        let one = "-- +migrate Up notransaction\nCREATE INDEX CONCURRENTLY i ON t (a);\n\n\
                   -- +migrate Down notransaction\nDROP INDEX CONCURRENTLY i;\n";
        assert!(rules(one, true).is_empty(), "{:?}", findings(one, true));
        let table = format!("-- +migrate Up\n{TIMEOUTS}CREATE INDEX i ON t (a);\n");
        let found = findings(&table, true);
        assert!(table[found[0].range.clone()].starts_with("CREATE INDEX"), "{found:?}");
    }

    #[test]
    fn the_model_decides_about_a_type() {
        let text = format!("{TIMEOUTS}ALTER TABLE books ADD COLUMN pages INTEGER;\n");
        assert_eq!(rules(&text, true), ["prefer-bigint-over-int"]);
        assert!(rules(&text, false).is_empty());
    }

    #[test]
    fn the_models_of_an_import_decide_about_its_types() {
        let text = format!("{TIMEOUTS}CREATE TABLE t (id SERIAL PRIMARY KEY, at TIMESTAMP);\n");
        assert!(!rules(&text, true).is_empty());
        let baseline = format!("-- The baseline: a.\n-- Written by `cargo schema import`.\n\n{text}");
        assert!(rules(&baseline, true).is_empty(), "{:?}", findings(&baseline, true));
    }

    #[test]
    fn a_planned_drop_was_acknowledged_and_one_by_hand_was_not() {
        let text = format!("{TIMEOUTS}ALTER TABLE orders DROP COLUMN legacy;\n");
        assert_eq!(rules(&text, true), ["ban-drop-column"]);
        assert!(rules(&text, false).is_empty());
        let key = format!(
            "{TIMEOUTS}ALTER TABLE a\n    DROP CONSTRAINT IF EXISTS a_b_unique;\nDROP INDEX IF EXISTS a_b_unique;\n"
        );
        assert!(rules(&key, false).is_empty(), "{:?}", findings(&key, false));
        let other = key.replace("INDEX IF EXISTS a_b_unique", "INDEX IF EXISTS a_c_unique");
        assert_eq!(rules(&other, false), [INDEX_DELETION]);
        let anew = format!("{TIMEOUTS}DROP VIEW totals;\nCREATE VIEW totals AS SELECT 1;\n");
        assert_eq!(rules(&anew, true), ["ban-drop-view"]);
        assert!(rules(&anew, false).is_empty());
        let rewrites =
            format!("-- Acknowledged: rewrites orders.\n{TIMEOUTS}ALTER TABLE orders ALTER COLUMN a TYPE BIGINT;\n");
        assert!(rules(&rewrites, false).is_empty());
        assert!(!rules(&rewrites, true).is_empty());
    }
}
