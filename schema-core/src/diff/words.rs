use super::{Change, Clause, Item, Pair, TableChange};
use crate::diagnostic::Place;
use crate::schema::{
    Check, Column, Enumeration, Exclusion, ForeignKey, Generated, Index, Schema, Table, Unique, derived_name,
};
use crate::sql::ddl;

/// One difference, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it stands in the new schema; the nearest that is left, where something is gone.
    pub place: Option<Place>,
    /// What differs: `column`, `index`.
    pub what: &'static str,
    /// Its name: `orders.total_amount`.
    pub name: String,
    /// How: `is new`.
    pub change: String,
}

impl Difference {
    fn new(place: Option<Place>, what: &'static str, name: impl Into<String>, change: impl Into<String>) -> Self {
        Self { place, what, name: name.into(), change: change.into() }
    }

    /// The difference in words: `the column orders.total_amount is new`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("the {} {} {}", self.what, self.name, self.change)
    }

    /// Whether only a comment differs, which no program notices.
    #[must_use]
    pub fn is_comment(&self) -> bool {
        self.change == COMMENT
    }

    /// The same behind the path of its place: `the column is new`.
    #[must_use]
    pub fn brief(&self) -> String {
        match &self.place {
            Some(place) if place.path() == self.name => format!("the {} {}", self.what, self.change),
            _ => self.text(),
        }
    }
}

const COMMENT: &str = "has another comment";
const NEW: &str = "is new";
const GONE: &str = "is gone";

/// How a schema differs from an earlier one, as far as a database would show it. Nothing where no migration is needed.
#[must_use]
pub fn differences(old: &Schema, new: &Schema) -> Vec<Difference> {
    Pair::new(old, new).changes().iter().map(Change::words).collect()
}

impl Change<'_> {
    /// The change in words.
    #[must_use]
    pub fn words(&self) -> Difference {
        match self {
            Self::AddExtension(name) => Difference::new(None, "extension", *name, NEW),
            Self::AddCustom(new) => Difference::new(Some(Place::table(&new.name)), "custom SQL", &new.name, NEW),
            Self::DropCustom(old) => Difference::new(None, "custom SQL", &old.name, GONE),
            Self::ChangeCustom { new, .. } => {
                Difference::new(Some(Place::table(&new.name)), "custom SQL", &new.name, "has changed")
            }
            Self::AddType(new) => Difference::new(Some(Place::table(&new.name)), "type", &new.name, NEW),
            Self::DropType(old) => Difference::new(None, "type", &old.name, GONE),
            Self::ChangeType { old, new } => {
                let change = format!("has the values {}, it had {}", values(new), values(old));
                Difference::new(Some(Place::table(&new.name)), "type", &new.name, change)
            }
            Self::AddTable(new) => Difference::new(Some(Place::table(&new.name)), "table", &new.name, NEW),
            Self::DropTable(old) => Difference::new(None, "table", &old.name, GONE),
            Self::Table { old, new, change } => change.words(old, new),
        }
    }
}

fn values(enumeration: &Enumeration) -> String {
    enumeration.values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>().join(", ")
}

impl TableChange<'_> {
    fn words(&self, old: &Table, new: &Table) -> Difference {
        let here = Place::table(&new.name);
        let table = |change: String| Difference::new(Some(here.clone()), "table", &new.name, change);
        // A constraint of one column is typed at the column, and named by it; another one has an attribute of its own.
        let of_column = |name: &str, kind: &str, position: Option<usize>| {
            let column = new.columns.iter().find(|column| derived_name(&[&new.name, &column.name, kind]) == name);
            match (column, position) {
                (Some(column), _) => Place::column(&new.name, &column.name),
                (None, Some(position)) => here.nth(kind, position),
                (None, None) => here.clone(),
            }
        };
        let nth = |part: &str, position: Option<usize>| position.map_or_else(|| here.clone(), |at| here.nth(part, at));
        match self {
            Self::Rename => table(format!("was {}", old.name)),
            Self::Comment => table(COMMENT.to_owned()),
            Self::Partitioning => table("is partitioned otherwise".to_owned()),
            Self::PrimaryKey => {
                let change = format!("is ({})", new.primary_key.columns.join(", "));
                Difference::new(Some(here.part("primary_key")), "primary key of", &new.name, change)
            }
            Self::Column(item) => column(new, *item),
            Self::ColumnClause { old, new: column, clause } => {
                let place = Place::column(&new.name, &column.name);
                let name = place.path().to_owned();
                Difference::new(Some(place), "column", name, clause.words(old, column))
            }
            Self::ForeignKey(item) => {
                let place = |key: &ForeignKey| match key.columns.as_slice() {
                    [column] => Place::column(&new.name, column).part("references"),
                    _ => here.clone(),
                };
                named(new, "foreign key", *item, |key| &key.name, place)
            }
            Self::Unique(item) => {
                let position = |it: &Unique| new.uniques.iter().position(|unique| unique.name == it.name);
                named(new, "unique key", *item, |it| &it.name, |it| of_column(&it.name, "unique", position(it)))
            }
            Self::Check(item) => {
                // Those that hold a column to its enumeration's values have no attribute.
                let of_values = |name: &str| {
                    let name_of = |column: &Column| ddl::enumeration_check_name(&new.name, &column.name);
                    new.columns.iter().any(|column| column.enumeration.is_some() && name_of(column) == name)
                };
                let position = |it: &Check| {
                    let typed = || new.checks.iter().filter(|check| !of_values(&check.name));
                    typed().position(|check| check.name == it.name)
                };
                named(new, "check", *item, |it| &it.name, |it| of_column(&it.name, "check", position(it)))
            }
            Self::Exclusion(item) => {
                let position = |it: &Exclusion| new.exclusions.iter().position(|exclusion| exclusion.name == it.name);
                named(new, "exclusion constraint", *item, |it| &it.name, |it| nth("exclude", position(it)))
            }
            Self::Index(item) => {
                let position = |it: &Index| new.indexes.iter().position(|index| index.name == it.name);
                named(new, "index", *item, |it| &it.name, |it| nth("index", position(it)))
            }
            Self::Trigger(item) => named(new, "trigger", *item, |it| &it.name, |_| here.clone()),
            Self::Policy(item) => named(new, "policy", *item, |it| &it.name, |_| here.clone()),
        }
    }
}

fn column(table: &Table, item: Item<'_, Column>) -> Difference {
    let change = match item {
        Item::Add(_) => NEW.to_owned(),
        Item::Drop(_) => GONE.to_owned(),
        Item::Change { .. } => "has changed".to_owned(),
        Item::Rename { old, .. } => format!("was {}", old.name),
    };
    match (item.now(), item.was()) {
        (Some(column), _) => {
            let place = Place::column(&table.name, &column.name);
            let name = place.path().to_owned();
            Difference::new(Some(place), "column", name, change)
        }
        (None, old) => {
            let name = format!("{}.{}", table.name, old.map_or("", |old| &old.name));
            Difference::new(Some(Place::table(&table.name)), "column", name, change)
        }
    }
}

impl Clause {
    fn words(self, old: &Column, new: &Column) -> String {
        let default = |column: &Column| column.default.clone().unwrap_or_else(|| "none".to_owned());
        let generated = |column: &Column| match &column.generated {
            None => "given by the program".to_owned(),
            Some(Generated::Stored(expression)) => format!("generated as {expression}"),
            Some(Generated::IdentityAlways | Generated::IdentityByDefault) => "numbered by the server".to_owned(),
        };
        match self {
            Self::Type => format!("is {}, it was {}", new.sql_type, old.sql_type),
            Self::Nullable if new.nullable => "takes NULL now".to_owned(),
            Self::Nullable => "takes no NULL any more".to_owned(),
            Self::Default => format!("has the default {}, it had {}", default(new), default(old)),
            Self::Generated => format!("is {}, it was {}", generated(new), generated(old)),
            Self::Collation => "has another collation".to_owned(),
            Self::Comment => COMMENT.to_owned(),
        }
    }
}

fn named<'a, T>(
    table: &Table,
    what: &'static str,
    item: Item<'a, T>,
    name: impl Fn(&'a T) -> &'a String,
    place: impl Fn(&T) -> Place,
) -> Difference {
    let change = match item {
        Item::Add(_) => NEW.to_owned(),
        Item::Drop(_) => GONE.to_owned(),
        Item::Change { .. } => "has changed".to_owned(),
        Item::Rename { old, .. } => format!("was {}", name(old)),
    };
    let at = item.now().map_or_else(|| Place::table(&table.name), place);
    let name = item.now().or(item.was()).map(name).cloned().unwrap_or_default();
    Difference::new(Some(at), what, name, change)
}
