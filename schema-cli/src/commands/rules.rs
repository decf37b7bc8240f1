//! `cargo schema rules`: the list of all rules.

use std::fmt::Write as _;

use tablewright_core::rules::RULES;

use crate::output;

pub(super) fn run() {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in RULES {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{:width$}  {}", rule.id, rule.summary);
    }
    text.push_str("\ncargo schema explain RULE says more about a rule.\n");
    output::out(&text);
}
