//! What squawk says of a file, by its default rules, and why some of it is intended.

use squawk_linter::Linter;
use squawk_syntax::SourceFile;
use tablewright_core::migrations::Rendered;
use tablewright_core::plan::{Phase, Plan, Run, Script};

/// What squawk says of any file, except for what has a reason. Squawk sees one file; what these rules ask for is seen here by
/// running all of them: no table is read or rewritten while others wait, and both releases work in between.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("adding-not-nullable-field", "an earlier file added a check that proves it"),
    ("ban-drop-constraint", "its replacement is in force already, or the new release writes what it forbids"),
    ("ban-drop-not-null", "the releases that run read the column as optional, or do not read it"),
    ("changing-column-type", "only where the type is wider and no row is written, as `locks.txt` shows"),
    ("prefer-robust-stmts", "IF NOT EXISTS would take an index for good that a failed build left invalid"),
    (
        "require-concurrent-index-deletion",
        "an index that a way which was stopped left without its key: the key's lock is held",
    ),
    ("prefer-text-field", "the model says VARCHAR, and waives the rule that asks for TEXT"),
    ("renaming-object", "no program names an index or a constraint"),
    ("renaming-table", "a view has the old name"),
];

/// What squawk says of files that run when the old release is gone.
const CONTRACT: &[(&str, &str)] = &[
    ("ban-alter-identity", "the old release left the number to the server"),
    ("ban-drop-column", "acknowledged by name"),
    ("ban-drop-default", "the old release left the column out"),
    ("ban-drop-function", "only the trigger that went with it called it"),
    ("ban-drop-table", "acknowledged by name"),
    ("ban-drop-type", "its columns were dropped before"),
    ("ban-drop-view", "the old release used the old name"),
    ("renaming-column", "the new column takes the name of the old one, which has another name from then on"),
];

/// A statement that cannot run in a transaction cannot have SET next to it: two statements are a transaction. The runner sets both
/// for the session.
const ALONE: &[(&str, &str)] = &[
    ("ban-drop-function", "a procedure that filled a column, and that nothing else calls"),
    ("require-lock-timeout", "the runner sets it"),
    ("require-statement-timeout", "the runner sets it"),
];

/// What squawk says of several statements outside a transaction: a table and its indexes, in the file that makes it.
const NEW: &[(&str, &str)] = &[("require-concurrent-index-creation", "the file makes the table")];

/// What squawk says of the ways back.
const BACK: &[(&str, &str)] = &[
    ("ban-drop-column", "the way up made it, and the release that used it is gone; the header says what is lost"),
    ("ban-drop-default", "the way up set it, and the release that left the column out is gone"),
    ("ban-drop-function", "the way up made it, for a trigger that goes with it"),
    ("ban-drop-table", "the way up made it, and the release that used it is gone; the header says what is lost"),
    ("ban-drop-type", "the way up made it, and its columns went before"),
    ("ban-drop-view", "the table takes its name in the same transaction"),
    ("prefer-bigint-over-int", "the column comes back as it was"),
    ("renaming-column", "the release that used the new type is gone, and the columns take their places back"),
];

/// What squawk says of one case.
const OF_CASES: &[(&str, &str, &str)] = &[
    (
        "add_default_partition",
        "require-concurrent-partition-detach",
        "the way back: none leaves a table concurrently that has a default partition",
    ),
    ("add_tables_in_a_cycle", "adding-foreign-key-constraint", "both tables are new"),
    ("add_tables_in_a_cycle", "constraint-missing-not-valid", "both tables are new"),
    ("change_identity", "ban-alter-identity", "the way back: the release that gave no numbers is gone"),
    ("custom_change", "ban-drop-view", "it is made again in the same transaction"),
    ("custom_materialized", "ban-drop-view", "the server changes no type under it"),
    ("custom_table_changed", "ban-drop-table", "acknowledged by name"),
    ("custom_table_changed", "ban-drop-view", "it is made again in the same transaction"),
    ("custom_over_dropped_column", "ban-drop-view", "it is made again in the same transaction"),
    ("custom_over_renamed_column", "ban-drop-view", "it is made again in the same transaction"),
    ("custom_over_widened", "ban-drop-view", "it is made again in the same transaction"),
    ("drop_exclusion", "constraint-missing-not-valid", "the way back: an exclusion constraint has no other form"),
    ("drop_generated", "adding-field-with-default", "the way back: a generated column has no other form"),
    ("identity_to_nullable", "ban-alter-identity", "the new release writes NULL, which no numbered column takes"),
    ("rename_table_and_widen", "ban-drop-view", "it is made again in the same transaction"),
    ("widen_under_check", "constraint-missing-not-valid", "the way back writes every row anyway"),
    ("widen_under_changed_check", "constraint-missing-not-valid", "the way back writes every row anyway"),
    (
        "drop_partition_beside_default",
        "require-concurrent-partition-detach",
        "none leaves a table concurrently that has a default partition",
    ),
    ("drop_identity", "ban-alter-identity", "the way back: a numbered column has no other form"),
];

/// The findings of every file, up and down, that have no reason.
pub fn both_ways(case: &str, online: bool, plan: &Plan, files: &[Rendered]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (step, file) in plan.steps.iter().zip(files) {
        // What was acknowledged is what the linter warns of.
        if step.may_block() || !online {
            continue;
        }
        let mut exceptions = EXCEPTIONS.to_vec();
        exceptions.extend(OF_CASES.iter().filter(|(name, ..)| *name == case).map(|(_, rule, why)| (*rule, *why)));
        let with = |more: &[(&'static str, &'static str)], script: &Script| {
            let alone: &[_] = if matches!(script.run, Run::Alone | Run::Separate) { ALONE } else { &[] };
            let new: &[_] = if script.run == Run::Separate { NEW } else { &[] };
            [&exceptions, more, alone, new].concat()
        };
        let up = with(if step.phase == Phase::Contract { CONTRACT } else { &[] }, &step.up);
        let found = findings(&file.up.text, &up).into_iter().map(|finding| (&file.up.name, finding));
        wrong.extend(found.map(|(name, finding)| format!("{name}: squawk: {finding}")));
        let Some(down) = &file.down else { continue };
        let found = findings(&down.text, &with(BACK, &step.down));
        wrong.extend(found.into_iter().map(|finding| format!("{}: squawk: {finding}", down.name)));
    }
    wrong
}

/// The findings of a file, each as `rule: message`, except for the exemptions.
fn findings(text: &str, exceptions: &[(&str, &str)]) -> Vec<String> {
    let parse = SourceFile::parse(text);
    let mut linter = Linter::with_default_rules();
    linter.settings.assume_in_transaction = !text.starts_with("-- no-transaction");
    let mut findings: Vec<String> = parse.errors().iter().map(|error| format!("syntax: {}", error.message())).collect();
    for violation in linter.lint(&parse, text) {
        let rule = violation.code.to_string();
        if exceptions.iter().all(|(excepted, _)| *excepted != rule) {
            findings.push(format!("{rule}: {}", violation.message));
        }
    }
    findings
}
