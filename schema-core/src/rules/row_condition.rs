use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::{Diagnostic, Subject};
use crate::expression::{Fragment, Wanted, folded, qualifier};
use crate::place::Place;
use crate::schema::{Generated, Table, Trigger, TriggerEvent, TriggerTiming};
use crate::suggest::nearest;

pub(super) static RULE: Rule = Rule {
    id: "row_condition",
    summary: "The condition of a policy or of a trigger is true or false, and names columns that are there: a policy's those of \
              the row, a trigger's those of `NEW` and `OLD`.",
    why: "The server refuses another one when the migration runs. An INSERT has no OLD row and a DELETE no NEW one, and a trigger \
          of the statement has neither.",
    bad: "
#[derive(Table)]
#[policy(own_rows, using = \"owner = current_user\")]
struct Document {
    id: Uuid,
    owner_name: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[policy(own_rows, using = \"owner_name = current_user\")]
struct Document {
    id: Uuid,
    owner_name: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(facts: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let table = facts.table();
    for (number, policy) in table.policies.iter().enumerate() {
        let place = Place::of_policy(table, number);
        for condition in policy.using.iter().chain(&policy.with_check) {
            let Ok(fragment) = Fragment::parse(condition) else { continue };
            for name in fragment.columns_of_row() {
                match qualifier(name).filter(|other| *other != table.name) {
                    Some(other) => {
                        let message =
                            format!("`{name}` is of `{other}`, and a policy is about a row of `{}`", table.name);
                        let help = format!("name a column: {}", folded(name));
                        found.push(Diagnostic::new(RULE.id, place.clone(), message).help(help));
                    }
                    None => known(table, &folded(name), &place, found),
                }
            }
            examine(&fragment, table, Wanted::ConditionOfQueries, &place, found);
        }
    }
    for (number, trigger) in table.triggers.iter().enumerate() {
        let Some(Ok(fragment)) = trigger.condition.as_deref().map(Fragment::parse) else { continue };
        let place = Place::of_trigger(table, number);
        for name in fragment.columns_of_row() {
            of_trigger(table, trigger, name, &place, found);
        }
        examine(&fragment, table, Wanted::Condition, &place, found);
    }
}

fn examine(fragment: &Fragment, table: &Table, wanted: Wanted<'_>, place: &Place, found: &mut Vec<Diagnostic>) {
    for finding in fragment.examine(table, wanted).problems {
        found.push(Diagnostic::new(RULE.id, place.clone(), finding.message).help(finding.help));
    }
}

/// What each row has beside the columns of its table: <https://www.postgresql.org/docs/15/ddl-system-columns.html>.
const OF_THE_SERVER: &[&str] = &["cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"];

fn known(table: &Table, name: &str, place: &Place, found: &mut Vec<Diagnostic>) {
    // The table's own name is the row as a whole.
    if table.column(name).is_some() || OF_THE_SERVER.contains(&name) || name == table.name || name == "*" {
        return;
    }
    let names = || table.columns.iter().map(|column| column.name.as_str());
    let help = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the columns are {}", names().collect::<Vec<_>>().join(", ")),
    };
    let error = Diagnostic::new(RULE.id, place.clone(), format!("there is no column `{name}`"));
    found.push(error.about(Subject::Name(name.to_owned())).help(help));
}

/// A column of a trigger's condition, as it is spelled.
fn of_trigger(table: &Table, trigger: &Trigger, spelled: &str, place: &Place, found: &mut Vec<Diagnostic>) {
    let mut report = |message: String, help: &str| {
        found.push(Diagnostic::new(RULE.id, place.clone(), message).help(help));
    };
    let (row, column) = match spelled.split_once('.') {
        Some((row, column)) => (row.trim().to_lowercase(), Some(folded(column.trim()))),
        None => (spelled.to_lowercase(), None),
    };
    if !matches!(row.as_str(), "new" | "old") {
        return report(format!("`{spelled}` is of no row: a trigger sees NEW and OLD"), &format!("NEW.{spelled}"));
    }
    if !trigger.for_each_row {
        return report(format!("`{spelled}` is of a row, and this fires once for the statement"), "each = row");
    }
    let lacks = |event: &TriggerEvent| match event {
        TriggerEvent::Insert => row == "old",
        TriggerEvent::Delete => row == "new",
        TriggerEvent::Update(_) | TriggerEvent::Truncate => false,
    };
    if let Some(event) = trigger.events.iter().find(|event| lacks(event)) {
        let word = if *event == TriggerEvent::Insert { "INSERT" } else { "DELETE" };
        let message = format!("`{spelled}` is not there: {word} has no {} row", row.to_uppercase());
        return report(message, "make two triggers of it, each with its own condition");
    }
    let stored = |name: &str| {
        table.columns.iter().any(|column| {
            (column.name == name || name == "*") && matches!(column.generated, Some(Generated::Stored(_)))
        })
    };
    if trigger.timing == TriggerTiming::Before && row == "new" && stored(column.as_deref().unwrap_or("*")) {
        let message = format!("`{spelled}` has a column that is computed after a BEFORE trigger");
        return report(message, "fire AFTER, or name what the column is computed from");
    }
    if let Some(column) = column {
        known(table, &column, place, found);
    }
}
