use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Place};
use crate::parse::grammar::nearest;
use crate::schema::{Generated, KeyTarget, Profile, Table};
use crate::sql::fragment::Fragment;

pub(super) static RULE: Rule = Rule {
    id: "unknown_column",
    summary: "A column that a key, an index, a check or an expression names exists.",
    why: "The server would refuse the migration.",
    bad: "
#[derive(Table)]
#[index(ordred_at desc, id desc)]
struct Order {
    id: Uuid,
    ordered_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[index(ordered_at desc, id desc)]
struct Order {
    id: Uuid,
    ordered_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    waivable: false,
    check: Check::Table(check),
};

fn check(table: &Table, _: &Profile, found: &mut Vec<Diagnostic>) {
    let mut search = Search { table, found };
    let here = Place::table(&table.name);
    search.names(&table.primary_key.columns, &here.part("primary_key"));
    for (index, foreign_key) in table.foreign_keys.iter().enumerate() {
        search.names(&foreign_key.columns, &super::place_of_foreign_key(table, index));
    }
    let declared = table.uniques.iter().skip_while(|unique| is_of_column(table, &unique.name, "unique"));
    for (index, unique) in declared.enumerate() {
        let place = here.nth("unique", index);
        search.names(&unique.columns, &place);
        search.sql(unique.predicate.as_deref(), &place);
    }
    for (index, exclusion) in table.exclusions.iter().enumerate() {
        let place = here.nth("exclude", index);
        for element in &exclusion.elements {
            search.name(&element.expression, &place);
        }
        search.sql(exclusion.predicate.as_deref(), &place);
    }
    for (position, index) in table.indexes.iter().filter(|index| !index.generated).enumerate() {
        let place = here.nth("index", position);
        for key in &index.key {
            match &key.target {
                KeyTarget::Column(name) => search.name(name, &place),
                KeyTarget::Expression(expression) => search.sql(Some(expression), &place),
            }
        }
        search.names(&index.include, &place);
        search.sql(index.predicate.as_deref(), &place);
    }
    for check in &table.checks {
        search.sql(Some(&check.expression), &place_of_check(table, &check.name));
    }
    for column in &table.columns {
        let place = Place::column(&table.name, &column.name);
        if let Some(Generated::Stored(expression)) = &column.generated {
            search.sql(Some(expression), &place.part("generated"));
        }
        search.sql(column.backfill.as_deref(), &place.part("backfill"));
        if let Some(default) = &column.default
            && let Ok(fragment) = Fragment::parse(default)
            && let Some((name, _)) = fragment.references().columns.first()
        {
            search.found.push(
                Diagnostic::new(RULE.id, place.part("default"), format!("a default names no column, this names `{name}`"))
                    .help(format!("a text stands in quotes: default = \"'{name}'\"")),
            );
        }
    }
}

/// Where a check stands: the names of checks on columns are derived from the column.
fn place_of_check(table: &Table, name: &str) -> Place {
    let of_column = table.columns.iter().find(|column| {
        crate::schema::derived_name(&[&table.name, &column.name, "check"]) == name
    });
    match of_column {
        Some(column) => Place::column(&table.name, &column.name).part("check"),
        None => Place::table(&table.name),
    }
}

fn is_of_column(table: &Table, name: &str, kind: &str) -> bool {
    table.columns.iter().any(|column| crate::schema::derived_name(&[&table.name, &column.name, kind]) == name)
}

struct Search<'a> {
    table: &'a Table,
    found: &'a mut Vec<Diagnostic>,
}

impl Search<'_> {
    fn names(&mut self, names: &[String], place: &Place) {
        for name in names {
            self.name(name, place);
        }
    }

    fn sql(&mut self, text: Option<&str>, place: &Place) {
        let Some(Ok(fragment)) = text.map(Fragment::parse) else { return };
        for name in fragment.column_names() {
            self.name(&name, place);
        }
    }

    fn name(&mut self, name: &str, place: &Place) {
        if self.table.column(name).is_some() {
            return;
        }
        let names = || self.table.columns.iter().map(|column| column.name.as_str());
        let help = match nearest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the columns are {}", names().collect::<Vec<_>>().join(", ")),
        };
        self.found.push(Diagnostic::new(RULE.id, place.clone(), format!("there is no column `{name}`")).help(help));
    }
}
