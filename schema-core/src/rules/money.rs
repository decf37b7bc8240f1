use super::rust_type;
use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::SqlType;

pub(super) static RULE: Rule = Rule {
    id: "money",
    summary: "Money is `NUMERIC(p, s)`: never a float, and precision and scale are stated.",
    why: "0.1 + 0.2 is not 0.3 in a float, and a sum of floats depends on the order of the rows. NUMERIC without a \
          precision accepts any number of digits: a wrong division fills it with eighteen of them.",
    bad: "
#[derive(Table)]
struct Product {
    id: Uuid,
    price: f64,
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

/// The words that name an amount of money.
const MONEY: &[&str] = &[
    "amount",
    "amounts",
    "balance",
    "budget",
    "charge",
    "charges",
    "commission",
    "cost",
    "costs",
    "credit",
    "debit",
    "deposit",
    "discount",
    "fare",
    "fee",
    "fees",
    "income",
    "payout",
    "premium",
    "price",
    "prices",
    "refund",
    "revenue",
    "salary",
    "subtotal",
    "tax",
    "taxes",
    "total",
    "wage",
];

/// The words that make another quantity of it: `tax_rate`, `total_seconds`, `price_score`.
const NOT_MONEY: &[&str] = &[
    "bytes",
    "count",
    "days",
    "distance",
    "factor",
    "hours",
    "index",
    "kg",
    "km",
    "latency",
    "level",
    "ms",
    "millis",
    "minutes",
    "pct",
    "percent",
    "percentage",
    "quantity",
    "rank",
    "rate",
    "ratio",
    "score",
    "seconds",
    "size",
    "time",
    "weight",
];

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for column in &table.columns {
        let element = match &column.sql_type {
            SqlType::Array(element) => element.as_ref(),
            other => other,
        };
        let name = &column.name;
        let place = || Place::of_type(table, name);
        match element {
            SqlType::Real | SqlType::Double if is_money(name) => found.push(
                Diagnostic::new(RULE.id, place(), format!("{element} cannot hold money: 0.1 + 0.2 is not 0.3 in it"))
                    .help(format!("{} {name}: {}", digits(), rust_type(column, "Decimal"))),
            ),
            SqlType::Numeric(None) => found.push(
                Diagnostic::new(RULE.id, place(), "NUMERIC without precision and scale takes any number of digits")
                    .help(format!("{}    twelve digits, two of them after the point", digits())),
            ),
            SqlType::Other(other) if other.eq_ignore_ascii_case("money") => found.push(
                Diagnostic::new(RULE.id, place(), "MONEY depends on the server's locale, and on its rounding")
                    .help(format!("{} {name}: {}", digits(), rust_type(column, "Decimal"))),
            ),
            _ => {}
        }
    }
}

fn is_money(name: &str) -> bool {
    let words = || name.split('_');
    words().any(|word| MONEY.contains(&word)) && !words().any(|word| NOT_MONEY.contains(&word))
}

fn digits() -> String {
    attribute::column::numeric(12, 2)
}
