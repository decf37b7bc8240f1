//! A change with a dependent: the models of both sides, read as a person's, and the plan between them.

use std::collections::BTreeSet;

use tablewright_core::config::Profile;
use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::ids;
use tablewright_core::migrations::{Naming, Rendered, steps};
use tablewright_core::parse::scan::scan;
use tablewright_core::plan::{self, Allowed, Plan};
use tablewright_core::rules::RULES;
use tablewright_core::schema::Schema;

use super::changes::Change;
use super::dependents::Dependent;
use super::pair::{Pair, Reason};
use super::way_out;

/// The schemas of both sides.
pub struct Group {
    pub old: Schema,
    pub new: Schema,
    pub profile: Profile,
    pub allowed: Allowed,
    /// The rows can have NULL in the column of the change.
    pub takes_null: bool,
    /// The sources, for a person who looks for what is wrong.
    pub texts: [String; 2],
}

/// Why there are no schemas.
pub enum Missing {
    NotApplicable(Reason),
    /// What the rules say of the models.
    Rejected(String),
}

/// A plan, and what led to it.
pub struct Planned {
    pub plan: Plan,
    pub files: Vec<Rendered>,
    pub allowed: Allowed,
    /// What was refused before, if anything.
    pub refusal: Option<String>,
}

/// Why there is no plan.
pub enum NoPlan {
    /// The refusals, which ask for other models.
    Refused(String),
    /// The refusals print what to type, and that is refused too; or they print nothing.
    NoWayOut(String),
}

/// The choices of the models: rules of style are off, because what they forbid must be migrated too.
fn profile() -> Profile {
    let off = RULES.iter().filter(|rule| ids::is_waivable(rule.id) == Some(true));
    let rules_off = off.map(|rule| (rule.id.to_owned(), "the matrix has what the rule forbids".to_owned())).collect();
    Profile { rules_off, ..Profile::default() }
}

impl Group {
    /// Reads the models.
    pub fn new(change: &Change, dependent: &Dependent) -> Result<Self, Missing> {
        let pair = change.pair.clone().map_err(Missing::NotApplicable)?;
        let pair: Pair = dependent.place(pair).map_err(Missing::NotApplicable)?;
        let takes_null = pair.old.column.as_ref().is_some_and(|column| column.nullable && !column.is_given());
        let allowed = pair.allowed.clone();
        let (old, new) = pair.models();
        let texts = [old.text(), new.text()];
        let folder = tempfile::tempdir().unwrap();
        let read = |model: &super::model::Model, side: &str| {
            model.write(folder.path(), side);
            let mut profile = profile();
            profile.models = Some(format!("{side}.rs"));
            profile.sql = Some(format!("sql_{side}"));
            let scan = scan(folder.path(), &profile).map_err(|failure| {
                let reports = failure.reports.iter();
                let lines =
                    reports.map(|report| format!("{side}: {}: {}: {}", report.rule, report.path, report.message));
                Missing::Rejected(lines.collect::<Vec<_>>().join("\n"))
            })?;
            Ok((scan.schema, profile))
        };
        let ((old, _), (new, profile)) = (read(&old, "old")?, read(&new, "new")?);
        Ok(Self { old, new, profile, allowed, takes_null, texts })
    }

    /// Every table, by either name.
    pub fn tables(&self) -> BTreeSet<&String> {
        self.old.tables.keys().chain(self.new.tables.keys()).collect()
    }

    /// The plan, at first as the models say, then with what the refusals print to type.
    pub fn plan(&self, allowed: &Allowed) -> Result<Planned, NoPlan> {
        let mut first = None;
        for choice in 0..2 {
            let mut allowed = allowed.clone();
            // What is typed can uncover what was not looked at before.
            for _ in 0..4 {
                match plan::plan(&self.old, &self.new, &self.profile, &allowed) {
                    Ok(plan) => return Ok(self.files(plan, allowed, first)),
                    Err(refusals) => {
                        let text: Vec<String> = refusals.iter().map(Diagnostic::text).collect();
                        let text = text.join("\n");
                        let first = first.get_or_insert(text.clone()).clone();
                        if refusals.iter().any(|it| it.help.is_none()) {
                            return Err(NoPlan::NoWayOut(text));
                        }
                        let Some(typed) = way_out::typed(&refusals, choice) else {
                            return Err(NoPlan::Refused(first));
                        };
                        let more = allowed.or(&typed);
                        if more == allowed {
                            break;
                        }
                        allowed = more;
                    }
                }
            }
        }
        Err(NoPlan::NoWayOut(first.unwrap_or_default()))
    }

    fn files(&self, plan: Plan, allowed: Allowed, refusal: Option<String>) -> Planned {
        let files = steps(&plan, &Naming { name: "change", first: 2, date: None }, &self.profile);
        Planned { plan, files, allowed, refusal }
    }
}
