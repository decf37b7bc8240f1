use super::{Facts, Role, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::{Diagnostic, Edit, Subject};
use crate::expression::{Fragment, folded, qualifier};
use crate::place::{Key, Place};
use crate::schema::{KeyColumn, QueryShape};
use crate::suggest::nearest;

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
    settings: "",
    waivable: false,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let mut search = Search { table, found };
    let here = Place::table(&table.name);
    search.names(&table.primary_key.columns, &here.key(Key::PrimaryKey));
    for (number, foreign_key) in table.foreign_keys.iter().enumerate() {
        search.names(&foreign_key.columns, &Place::of_foreign_key(table, number));
    }
    for (number, unique) in table.uniques.iter().enumerate() {
        search.names(&unique.columns, &Place::of_unique(table, number));
    }
    for (number, exclusion) in table.exclusions.iter().enumerate() {
        for element in &exclusion.elements {
            search.name(&element.expression, &Place::of_exclusion(table, number), true);
        }
    }
    for (number, index) in table.indexes.iter().enumerate().filter(|(_, index)| !index.generated) {
        let place = Place::of_index(table, number);
        index.key.iter().filter_map(KeyColumn::name).for_each(|name| search.name(name, &place, true));
        search.names(&index.include, &place);
    }
    for (number, query) in table.queries.iter().enumerate() {
        let place = Place::of_query(table, number);
        query.parameters.iter().for_each(|parameter| search.name(&parameter.column, &place, true));
        query.order.iter().for_each(|column| search.name(&column.column, &place, true));
        search.names(&query.columns, &place);
        if let QueryShape::Update(set) = &query.shape {
            for set in set {
                search.name(&set.column, &place.key(Key::Set), true);
            }
        }
    }
    for sql in &table.sql {
        if !matches!(sql.role, Role::Default(_)) {
            for name in sql.fragment.column_names() {
                search.name(&name, &sql.place, false);
            }
            search.qualifiers(&sql.fragment, &sql.place);
        } else if let Some(name) = sql.fragment.column_names().first() {
            search.found.push(
                Diagnostic::new(RULE.id, sql.place.clone(), format!("a default names no column, this names `{name}`"))
                    .about(Subject::Name(name.clone()))
                    .help(format!("write a text in quotes: default = \"'{name}'\"")),
            );
        }
    }
}

struct Search<'a> {
    table: &'a Facts<'a>,
    found: &'a mut Vec<Diagnostic>,
}

impl Search<'_> {
    fn names(&mut self, names: &[String], place: &Place) {
        for name in names {
            self.name(name, place, true);
        }
    }

    /// An expression is about a row of this table.
    fn qualifiers(&mut self, fragment: &Fragment, place: &Place) {
        for spelled in fragment.columns_of_row() {
            if let Some(other) = qualifier(spelled).filter(|other| *other != self.table.name) {
                let message = format!("`{spelled}` is of `{other}`, and this is about a row of `{}`", self.table.name);
                let error = Diagnostic::new(RULE.id, place.clone(), message)
                    .help(format!("name a column: {}", folded(spelled)));
                self.found.push(error.about(Subject::Name(other)));
            }
        }
    }

    /// `is_token`: the name is a token of its own, not within SQL text.
    fn name(&mut self, name: &str, place: &Place, is_token: bool) {
        if self.table.column(name).is_some() {
            return;
        }
        let names = || self.table.columns.iter().map(|column| column.name.as_str());
        let at = if is_token { place.named(name) } else { place.clone() };
        let error = Diagnostic::new(RULE.id, at.clone(), format!("there is no column `{name}`"))
            .about(Subject::Name(name.to_owned()));
        self.found.push(match nearest(name, names()) {
            Some(near) if is_token => {
                error.help(format!("did you mean `{near}`?")).fix(at, Edit::Replace(near.to_owned()))
            }
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help(format!("the columns are {}", names().collect::<Vec<_>>().join(", "))),
        });
    }
}
