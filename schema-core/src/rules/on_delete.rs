use super::{Facts, Rule, RuleCheck};
use crate::attribute::references::restricted;
use crate::config::Profile;
use crate::diagnostic::{Diagnostic, Edit};
use crate::place::Place;
use crate::schema::ReferentialAction;

pub(super) static RULE: Rule = Rule {
    id: "on_delete",
    summary: "A foreign key states what happens when the referenced row is deleted, and can do it.",
    why: "NO ACTION by default is a decision that no one made: the first DELETE in production makes it. \
          SET NULL on a NOT NULL column fails at that DELETE.",
    bad: "
#[derive(Table)]
struct Order {
    id: Uuid,
    #[references(User)]
    user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: false,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for (index, foreign_key) in table.foreign_keys.iter().enumerate() {
        let place = Place::of_foreign_key(table, index);
        let model = foreign_key.model.as_deref().unwrap_or(&foreign_key.table);
        let Some(action) = foreign_key.on_delete else {
            found.push(
                Diagnostic::new(
                    RULE.id,
                    place.clone(),
                    format!("the foreign key does not say what happens when the `{model}` is deleted"),
                )
                .help(restricted(foreign_key, &table.name))
                // The action that loses nothing.
                .fix(place, Edit::AddArgument("on_delete = restrict".to_owned())),
            );
            continue;
        };
        // Where some of several columns can be NULL, it sets only those.
        if action != ReferentialAction::SetNull || !foreign_key.set_null.is_empty() {
            continue;
        }
        for column in foreign_key.columns.iter().filter_map(|name| table.column(name)).filter(|column| !column.nullable)
        {
            found.push(
                Diagnostic::new(RULE.id, place.clone(), format!("SET NULL would fail: `{}` is NOT NULL", column.name))
                    .help(format!("make the field an `Option`, or {}", restricted(foreign_key, &table.name)))
                    .second(Place::of_type(table, &column.name), "this type is NOT NULL"),
            );
        }
    }
}
