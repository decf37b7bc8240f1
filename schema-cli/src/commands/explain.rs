//! `cargo schema explain`: what an id of a message means.

use tablewright_core::ids::OTHERS;
use tablewright_core::rules::{self, RULES, Rule};
use tablewright_core::suggest::nearest;

use super::Verdict;
use crate::failure::{Failure, Problem};
use crate::output;

pub(super) fn run(id: &str) -> Result<Verdict, Problem> {
    if let Some(rule) = rules::find(id) {
        output::out(&text(rule));
    } else if let Some((id, about)) = OTHERS.iter().find(|(other, _)| *other == id) {
        output::out(&format!("{id}\n\n{about}\n"));
    } else {
        let names = RULES.iter().map(|rule| rule.id).chain(OTHERS.iter().map(|(id, _)| *id));
        let help = match nearest(id, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cargo schema rules` lists them".to_owned(),
        };
        return Err(Failure::new(format!("there is no rule `{id}`")).help(help).into());
    }
    Ok(Verdict::Good)
}

fn text(rule: &Rule) -> String {
    let waiver = if rule.waivable {
        format!("To waive it: allow({}, reason = \"…\")", rule.id)
    } else {
        "Cannot be waived.".to_owned()
    };
    format!(
        "{}\n\n{}\n\nWhy: {}\n\nRefused:\n{}\n\nRight:\n{}\n\n{waiver}\n",
        rule.id,
        rule.summary,
        rule.why,
        indented(rule.bad),
        indented(rule.good)
    )
}

fn indented(code: &str) -> String {
    let lines = code.trim().lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
    lines.collect::<Vec<_>>().join("\n")
}
