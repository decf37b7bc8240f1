use super::{Rule, RuleCheck};
use crate::attribute::references::restricted;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::schema::{ReferentialAction, Schema};

pub(super) static RULE: Rule = Rule {
    id: "cascade_soft_delete",
    summary: "A foreign key to a soft-deleted table does not cascade.",
    why: "The parent is marked, never deleted, so the cascade does not run: its children stay. On the day someone \
          purges the parent it does run, and deletes them unmarked.",
    bad: "
#[derive(Table)]
#[table(soft_delete)]
struct Order {
    id: Uuid,
    deleted_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct OrderItem {
    id: Uuid,
    #[references(Order, on_delete = cascade)]
    order_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[table(soft_delete)]
struct Order {
    id: Uuid,
    deleted_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct OrderItem {
    id: Uuid,
    #[references(Order, on_delete = restrict)]
    order_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Schema(check),
};

fn check(schema: &Schema, _: &Profile, found: &mut Vec<Diagnostic>) {
    for table in schema.tables.values() {
        for (number, foreign_key) in table.foreign_keys.iter().enumerate() {
            let Some(parent) = schema.tables.get(&foreign_key.table) else { continue };
            if parent.soft_delete.is_none() || foreign_key.on_delete != Some(ReferentialAction::Cascade) {
                continue;
            }
            found.push(
                Diagnostic::new(
                    RULE.id,
                    Place::of_foreign_key(table, number),
                    format!("`{}` is soft-deleted: a delete does not cascade, only a purge would", parent.name),
                )
                .help(restricted(foreign_key, &table.name))
                .second(Place::table(&parent.name).key(Key::SoftDelete), "rows are only marked here"),
            );
        }
    }
}
