use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::expression::Wanted;

pub(super) static RULE: Rule = Rule {
    id: "check",
    summary: "A CHECK is a condition that the types of its columns allow and that some row can meet.",
    why: "The server refuses a comparison of a number with a word when the migration runs. It accepts `price = NULL` and \
          `x > 5 AND x < 3`: the first checks nothing, the second refuses every row.",
    bad: "
#[derive(Table)]
struct Product {
    id: Uuid,
    #[column(numeric(12, 2), check = \"price >= 'zero'\")]
    price: Decimal,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Product {
    id: Uuid,
    #[column(numeric(12, 2), check = \"price >= 0\")]
    price: Decimal,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for sql in table.checks() {
        for finding in sql.fragment.examine(table, Wanted::Condition).problems {
            found.push(Diagnostic::new(RULE.id, sql.place.clone(), finding.message).help(finding.help));
        }
    }
}
