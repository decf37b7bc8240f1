use super::{Facts, Role, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::expression::Wanted;
use crate::schema::Generated;

pub(super) static RULE: Rule = Rule {
    id: "generated",
    summary: "A generated column is computed from other columns of its row, by functions that always return the same result.",
    why: "The server stores the value and never computes it again until the row changes: a time or a setting in it \
          would be wrong at once. It refuses such an expression, and one that names another generated column, when the \
          migration runs.",
    bad: "
#[derive(Table)]
struct Event {
    id: Uuid,
    starts_at: DateTime<Utc>,
    #[column(generated = \"starts_at::date\")]
    starts_on: NaiveDate,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Event {
    id: Uuid,
    starts_at: DateTime<Utc>,
    #[column(generated = \"(starts_at AT TIME ZONE 'UTC')::date\")]
    starts_on: NaiveDate,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for sql in &table.sql {
        let Role::Generated(column) = sql.role else { continue };
        let mut report = |message: String, help: String| {
            found.push(Diagnostic::new(RULE.id, sql.place.clone(), message).help(help));
        };
        for name in sql.fragment.column_names() {
            let of = table.column(&name).filter(|column| matches!(column.generated, Some(Generated::Stored(_))));
            if name == column.name {
                report("the column is computed from itself".to_owned(), "name other columns".to_owned());
            } else if let Some(of) = of {
                report(
                    format!("`{}` is generated too, and one generated column cannot name another", of.name),
                    format!("write what `{}` is computed from in its place", of.name),
                );
            }
        }
        let examined = sql.fragment.examine(table, Wanted::Value(column));
        for finding in examined.problems {
            report(finding.message, finding.help);
        }
        for (text, volatility) in examined.changeable {
            report(super::index_expression::depends(&text, volatility), super::index_expression::cure(&text));
        }
    }
}
