use super::{Check, Facts, Rule};
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{Profile, TableKind};

pub(super) static RULE: Rule = Rule {
    id: "standard_columns",
    summary: "Every table has `created_at` and `updated_at`; a junction or append-only table has `created_at`.",
    why: "Sooner or later somebody asks when a row came and when it last changed: support, an export that takes \
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
    check: Check::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let asked: &[&str] = match table.kind {
        TableKind::Standard => &["created_at", "updated_at"],
        TableKind::Junction | TableKind::AppendOnly => &["created_at"],
    };
    for &name in asked {
        // Its type and default are `timestamps_default`'s to report.
        if table.column(name).is_some() {
            continue;
        }
        let mut help = format!("pub {name}: DateTime<Utc>,");
        if name == "updated_at" {
            help.push_str("    or, where rows never change, #[table(append_only)]");
        }
        found.push(Diagnostic::new(RULE.id, Place::table(&table.name), format!("`{name}` is missing")).help(help));
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
