use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::TableKind;

pub(super) static RULE: Rule = Rule {
    id: "standard_columns",
    summary: "Every table has `created_at` and `updated_at`; a junction or append-only table has `created_at`.",
    why: "Sooner or later someone asks when a row was created and when it last changed: support, an export that takes \
          what is new, a bug hunt. The answer cannot be added afterwards.",
    bad: "
#[derive(Table)]
struct Order {
    id: Uuid,
    created_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Order {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let asked: &[&str] = match table.kind {
        TableKind::Standard => &["created_at", "updated_at"],
        TableKind::Junction | TableKind::AppendOnly => &["created_at"],
    };
    // Their types and defaults are `timestamps_default`'s to report.
    let missing: Vec<&str> = asked.iter().copied().filter(|name| table.column(name).is_none()).collect();
    if !missing.is_empty() {
        let names = missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
        let fields = missing.iter().map(|name| format!("pub {name}: DateTime<Utc>,")).collect::<Vec<_>>().join(" ");
        let other = match missing.as_slice() {
            ["updated_at"] => &format!(
                "    or, where rows are neither changed nor deleted, {}",
                attribute::table::flag("append_only")
            ),
            _ => "",
        };
        let verb = if missing.len() > 1 { "are" } else { "is" };
        found.push(
            Diagnostic::new(RULE.id, Place::table(&table.name), format!("{names} {verb} missing"))
                .help(format!("{fields}{other}")),
        );
    }
    if table.kind == TableKind::AppendOnly && table.column("updated_at").is_some() {
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::column(&table.name, "updated_at"),
                "rows of an append-only table never change, so there is nothing to note",
            )
            .help("drop the column, or drop `append_only`"),
        );
    }
}
