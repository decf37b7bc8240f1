//! Waivers: taken off what was found, and themselves checked as well.

use super::{RULES, Rule, find};
use crate::config::Profile;
use crate::diagnostic::{Diagnostic, Subject};
use crate::place::Place;
use crate::schema::{Table, Waiver};
use crate::suggest::nearest;

use crate::ids::WAIVER as ID;

/// Takes off what the table waives, and reports waivers that name no rule, a rule that cannot be waived, or that
/// nothing needs. `ours` says which rules this run answers for.
pub(super) fn apply(
    table: &Table,
    found: Vec<Diagnostic>,
    profile: &Profile,
    ours: fn(&Rule) -> bool,
) -> Vec<Diagnostic> {
    apply_numbered(table, found.into_iter().enumerate(), profile, ours).into_iter().map(|(_, found)| found).collect()
}

/// The same, with the number of each violation that is left; an error about a waiver has none.
pub(super) fn apply_numbered(
    table: &Table,
    found: impl Iterator<Item = (usize, Diagnostic)>,
    profile: &Profile,
    ours: fn(&Rule) -> bool,
) -> Vec<(Option<usize>, Diagnostic)> {
    let mut used = vec![false; table.waivers.len()];
    let mut left: Vec<(Option<usize>, Diagnostic)> = found
        .filter(|(_, diagnostic)| {
            let Some(rule) = find(diagnostic.rule).filter(|rule| rule.waivable) else { return true };
            let mut waived = false;
            for (waiver, used) in table.waivers.iter().zip(&mut used) {
                if waiver.rule == rule.id && covers(table, waiver, &diagnostic.path) {
                    *used = true;
                    waived = true;
                }
            }
            !waived
        })
        .map(|(number, diagnostic)| (Some(number), diagnostic))
        .collect();
    for (waiver, used) in table.waivers.iter().zip(used) {
        left.extend(account(table, waiver, used, profile, ours).map(|diagnostic| (None, diagnostic)));
    }
    left
}

fn covers(table: &Table, waiver: &Waiver, path: &str) -> bool {
    match &waiver.column {
        Some(column) => path.strip_prefix(&table.name).and_then(|rest| rest.strip_prefix('.')) == Some(column),
        None => true,
    }
}

fn account(
    table: &Table,
    waiver: &Waiver,
    used: bool,
    profile: &Profile,
    ours: fn(&Rule) -> bool,
) -> Option<Diagnostic> {
    let place = match &waiver.column {
        Some(column) => Place::column(&table.name, column),
        None => Place::table(&table.name),
    }
    .waiver(&waiver.rule);
    let report =
        |message: String| Diagnostic::new(ID, place.clone(), message).about(Subject::Rule(waiver.rule.clone()));
    match find(&waiver.rule) {
        // Both runs would report it; the table's own does.
        None if ours(&super::column_name::RULE) => {
            let help = match nearest(&waiver.rule, RULES.iter().map(|rule| rule.id)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`cargo schema rules` lists them".to_owned(),
            };
            Some(report(format!("there is no rule `{}`", waiver.rule)).help(help))
        }
        Some(rule) if ours(rule) && !rule.waivable => {
            let message = format!("`{}` cannot be waived: the program would not work", rule.id);
            Some(report(message).help("fix what it reports"))
        }
        Some(rule) if ours(rule) && !used => {
            let message = if profile.rules_off.contains_key(rule.id) {
                format!("`{}` is switched off in schema.toml", rule.id)
            } else {
                format!("nothing here breaks `{}`", rule.id)
            };
            Some(report(message).help("drop the waiver"))
        }
        _ => None,
    }
}
