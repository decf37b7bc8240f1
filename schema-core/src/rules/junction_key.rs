use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::{Diagnostic, Edit};
use crate::place::{Key, Place};
use crate::schema::{ForeignKey, ReferentialAction, TableKind};

pub(super) static RULE: Rule = Rule {
    id: "junction_key",
    summary: "A junction table's primary key is its foreign keys, and each direction has an index.",
    why: "The pair is the row: a key of its own lets the same pair appear twice. The primary key finds one side by the \
          other; without an index that leads with the second column, the way back reads the whole table.",
    bad: "
#[derive(Table)]
#[table(junction, primary_key(id))]
struct UserRole {
    id: Uuid,
    #[references(User, on_delete = cascade)]
    user_id: Uuid,
    #[references(Role, on_delete = cascade)]
    role_id: Uuid,
    created_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[table(junction)]
struct UserRole {
    #[references(User, on_delete = cascade)]
    user_id: Uuid,
    #[references(Role, on_delete = cascade)]
    role_id: Uuid,
    created_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    if table.kind != TableKind::Junction {
        return;
    }
    let key = &table.primary_key.columns;
    let in_key = |foreign_key: &&ForeignKey| foreign_key.columns.iter().all(|column| key.contains(column));
    let keys: Vec<_> = table.foreign_keys.iter().filter(in_key).collect();
    let place = Place::of_primary_key(table);
    if table.foreign_keys.len() < 2 {
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::table(&table.name).key(Key::Junction),
                "a junction joins two tables, and this one references fewer",
            )
            .help(format!(
                "{} on two fields, or drop `junction`",
                attribute::references::to("Model", ReferentialAction::Cascade)
            )),
        );
        return;
    }
    let stray = key.iter().find(|column| {
        let is_tenant = profile.tenant.as_ref() == Some(*column);
        !is_tenant && !keys.iter().any(|foreign_key| foreign_key.columns.contains(column))
    });
    if keys.len() < 2 || stray.is_some() {
        let mut columns: Vec<&str> = Vec::new();
        for column in table.foreign_keys.iter().flat_map(|foreign_key| &foreign_key.columns) {
            if !columns.contains(&column.as_str()) {
                columns.push(column);
            }
        }
        found.push(
            Diagnostic::new(
                RULE.id,
                place,
                format!("the primary key of a junction is its foreign keys, this is ({})", key.join(", ")),
            )
            .help(format!("{}, and drop other key columns", attribute::table::key_line(true, &columns))),
        );
        return;
    }
    for foreign_key in keys.iter().filter(|foreign_key| !table.serves_foreign_key(foreign_key)) {
        let columns = foreign_key.columns.join(", ");
        let line = attribute::index::of_key(&columns).to_string();
        found.push(
            Diagnostic::new(
                RULE.id,
                place.clone(),
                format!("no index leads with ({columns}): the way back reads the whole table"),
            )
            .help(line.clone())
            .fix(Place::table(&table.name), Edit::AddAttribute(line)),
        );
    }
}
