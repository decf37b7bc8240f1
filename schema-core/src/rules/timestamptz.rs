use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{RangeKind, SqlType};

pub(super) static RULE: Rule = Rule {
    id: "timestamptz",
    summary: "Timestamps carry their time zone: TIMESTAMPTZ, never TIMESTAMP.",
    why: "TIMESTAMP keeps the digits and forgets which instant they meant. It reads differently for each session's \
          TimeZone and jumps at every change of daylight saving time.",
    bad: "
#[derive(Table)]
struct Order {
    id: Uuid,
    shipped_at: Option<NaiveDateTime>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Order {
    id: Uuid,
    shipped_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for column in &table.columns {
        let instead = match column.sql_type {
            SqlType::Timestamp => "DateTime<Utc>",
            SqlType::Range(RangeKind::Ts) => "PgRange<DateTime<Utc>>",
            _ => continue,
        };
        let instead = if column.nullable { format!("Option<{instead}>") } else { instead.to_owned() };
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::of_type(table, &column.name),
                format!("{} forgets which instant it means", column.sql_type),
            )
            .help(format!("{}: {instead}    (or `OffsetDateTime` of the `time` crate)", column.name)),
        );
    }
}
