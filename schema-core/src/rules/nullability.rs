use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::schema::SoftDelete;

pub(super) static RULE: Rule = Rule {
    id: "nullability",
    summary: "A column is nullable only through `Option`, not against its own CHECK, and says why where the profile asks \
          (`explain_null`).",
    why: "NULL means unknown, not yet, does not apply or no one thought of it: the reader of a row cannot tell which. \
          A comment can; and what is never NULL needs no `Option` in any program that reads it.",
    bad: "
#[derive(Table)]
struct Order {
    id: Uuid,
    shipped_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Order {
    id: Uuid,
    /// NULL until the parcel has left.
    shipped_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "explain_null = true",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    let marker = table.soft_delete.map(SoftDelete::column);
    for column in table.columns.iter().filter(|column| column.nullable) {
        let name = &column.name;
        let place = || Place::column(&table.name, name);
        let never = format!("{name} is not null");
        if let Some(check) = table.checks.iter().find(|check| check.expression.to_lowercase() == never) {
            found.push(
                Diagnostic::new(
                    RULE.id,
                    place().key(Key::Type),
                    format!("the field is nullable, and `{}` forbids it", check.name),
                )
                .help("drop the `Option` and the check"),
            );
        } else if profile.explain_null && column.comment.is_none() && marker != Some(name.as_str()) {
            found.push(
                Diagnostic::new(RULE.id, place().key(Key::Type), format!("nothing says what a NULL in `{name}` means"))
                    .help("/// NULL until …    (a documentation comment), or drop the `Option`"),
            );
        }
    }
}
