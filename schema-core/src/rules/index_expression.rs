use super::{Facts, Role, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::expression::{Volatility, Wanted};

pub(super) static RULE: Rule = Rule {
    id: "index_expression",
    summary: "What an index holds and which rows it covers follow from the row alone, by functions that always return the \
          same result.",
    why: "The server evaluates them once, when the row is written. `WHERE created_at > now() - interval '1 day'` would \
          keep the rows of the day on which it was made: the server refuses it, when the migration runs.",
    bad: "
#[derive(Table)]
#[index(expires_at, where = \"expires_at > now()\")]
struct Session {
    id: Uuid,
    expires_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[index(expires_at)]
struct Session {
    id: Uuid,
    expires_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for sql in &table.sql {
        let wanted = match sql.role {
            Role::UniquePredicate(_) | Role::ExclusionPredicate(_) | Role::IndexPredicate(_) => Wanted::Condition,
            Role::IndexExpression(..) => Wanted::Any,
            _ => continue,
        };
        let mut report = |message: String, help: String| {
            found.push(Diagnostic::new(RULE.id, sql.place.clone(), message).help(help));
        };
        let examined = sql.fragment.examine(table, wanted);
        for finding in examined.problems {
            report(finding.message, finding.help);
        }
        for (text, volatility) in examined.changeable {
            report(depends(&text, volatility), cure(&text));
        }
    }
}

pub(super) fn depends(text: &str, volatility: Volatility) -> String {
    match volatility {
        Volatility::Volatile => format!("`{text}` gives another value each time"),
        _ => format!("`{text}` depends on the session's settings or the time, not on the row alone"),
    }
}

/// What to write instead, for what people write most.
pub(super) fn cure(text: &str) -> String {
    let lower = text.to_lowercase();
    let clock =
        ["now(", "current_", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "localtime", "random("];
    if clock.iter().any(|word| lower.contains(word)) {
        "leave it to the query: compare the indexed column with the time there".to_owned()
    } else if lower.starts_with("to_tsvector(") {
        text.replacen('(', "('english', ", 1)
    } else if lower.starts_with("concat(")
        || lower.starts_with("concat_ws(")
        || lower.starts_with("format(")
        || text.contains("||")
    {
        "join texts by `||`, with coalesce(…, '') around what is nullable, and no dates".to_owned()
    } else if let Some(column) = lower.strip_suffix("::date") {
        format!("({column} AT TIME ZONE 'UTC')::date")
    } else if lower.starts_with("date(")
        || lower.starts_with("date_trunc(")
        || lower.starts_with("extract(")
        || lower.starts_with("date_part(")
    {
        "name the time zone: … AT TIME ZONE 'UTC' after the column".to_owned()
    } else {
        "keep to functions that are IMMUTABLE".to_owned()
    }
}
