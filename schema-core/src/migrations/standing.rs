//! What one branch makes, and stands on what the other took away or made anew.

use std::collections::{BTreeMap, BTreeSet};

use super::three_way::Clash;
use crate::expression::Fragment;
use crate::plan::Needs;
use crate::schema::{Column, Generated, KeyTarget, Object, Part, Schema, Table, Unique};
use crate::sql::{Words, routines, words};

/// What of a branch stands on what the other branch took away or made anew, both having begun with `base`.
pub(super) fn clashes(base: &Schema, sides: [&Schema; 2], merged: &Schema) -> Vec<Clash> {
    let (before, after) = (Needs::of(base), Needs::of(merged));
    let mut found = BTreeMap::new();
    for (side, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
        let own = Needs::of(side);
        for (object, needs) in own.all().filter(|(object, _)| after.knows(object)) {
            let mut new = needs.iter().filter(|need| !before.has(object, need));
            let missing = |need: &Object| {
                if !after.has(object, need) || own.knows(need) && !after.knows(need) {
                    Some(Fate::Gone)
                } else {
                    is_made_anew(need, base, other).then_some(Fate::Anew)
                }
            };
            if let Some((need, fate)) = new.find_map(|need| Some((need, missing(need)?))) {
                found.entry(object.clone()).or_insert_with(|| fate.of(&need.to_string(), before.knows(object)));
            }
        }
        let known = texts(base);
        for (object, text) in texts(side) {
            let same = known.get(&object).is_some_and(|it| it.sql == text.sql);
            if same || found.contains_key(&object) {
                continue;
            }
            if let Some(lost) = lost(base, other).into_iter().find(|lost| text.names(lost)) {
                let how = lost.fate.of(&lost.called, known.contains_key(&object));
                found.insert(object, how);
            }
        }
    }
    found.into_iter().map(|(object, how)| Clash { thing: object.to_string(), how }).collect()
}

/// What a migration's statements name of what the other branch took away; `changes_rows` looks only at those that do that.
pub(super) fn named(base: &Schema, other: &Schema, sql: &str, changes_rows: bool) -> Option<String> {
    let statements: Vec<Words> = words(sql)
        .into_iter()
        .filter(|it| {
            !changes_rows || it.names.contains("update") && !it.names.contains("create") && !it.names.contains("alter")
        })
        .collect();
    let text = Text { table: None, sql: BTreeSet::new(), statements };
    let gone = lost(base, other).into_iter().filter(|lost| lost.fate == Fate::Gone);
    gone.filter(|lost| text.names(lost)).map(|lost| lost.called).next()
}

/// What of a schema names a column or table that is not there: git can put such a one together, line by line.
pub(super) fn dangling(schema: &Schema) -> Vec<Clash> {
    let needs = Needs::of(schema);
    let mut found = Vec::new();
    let mut tell = |object: &Object, missing: &Object| {
        let how = format!("it names {missing}, which no migration leaves there");
        found.push(Clash { thing: object.to_string(), how });
    };
    for (object, needed) in needs.all() {
        let is_place = |need: &&Object| matches!(need, Object::Table(_) | Object::Of { part: Part::Column(_), .. });
        needed.iter().filter(is_place).filter(|need| !needs.knows(need)).for_each(|need| tell(object, need));
    }
    for (object, text) in texts(schema) {
        // A policy and a trigger may look at other tables.
        let own = !matches!(&object, Object::Of { part: Part::Policy(_) | Part::Trigger(_), .. });
        let Some(table) = text.table.and_then(|name| schema.tables.get(name)).filter(|_| own) else { continue };
        for name in text.sql.iter().filter_map(|sql| Fragment::parse(sql).ok()).flat_map(|it| it.column_names()) {
            if table.column(&name).is_none() && name != table.name && !SYSTEM_COLUMNS.contains(&name.as_str()) {
                tell(&object, &Object::column(&table.name, &name));
            }
        }
    }
    found
}

/// What every table has: <https://www.postgresql.org/docs/current/ddl-system-columns.html>.
const SYSTEM_COLUMNS: [&str; 6] = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

/// What became of a thing on one branch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Gone,
    Anew,
}

impl Fate {
    fn of(self, need: &str, is_changed: bool) -> String {
        let does = if is_changed { "changes" } else { "adds" };
        match self {
            Self::Gone => format!("one branch {does} it, and the other takes {need} away"),
            Self::Anew => format!("one branch {does} it, and the other makes {need} anew"),
        }
    }
}

/// Whether a branch made a thing anew, so that nothing may stand on it that the branch does not know.
fn is_made_anew(object: &Object, base: &Schema, other: &Schema) -> bool {
    let differs = |part: &dyn Fn(&Schema) -> Option<String>| {
        let (was, is) = (part(base), part(other));
        was.is_some() && is.is_some() && was != is
    };
    match object {
        Object::Of { table, part: Part::Column(name) } => {
            differs(&|schema| Some(stored(schema.tables.get(table)?.column(name)?)))
        }
        Object::Of { table, part: Part::Constraint(name) } => differs(&|schema| key(schema.tables.get(table)?, name)),
        Object::Index(name) => differs(&|schema| schema.tables.values().find_map(|table| key(table, name))),
        Object::Table(name) => differs(&|schema| Some(format!("{:?}", schema.tables.get(name)?.partitioning))),
        Object::Custom(name) => differs(&|schema| Some(schema.customs.get(name)?.up.clone())),
        // A type that only has more values is the same.
        Object::Type(name) => values_gone(base, other, name).next().is_some(),
        Object::Of {
            part:
                Part::NotNull(_) | Part::Default(_) | Part::Trigger(_) | Part::Policy(_) | Part::RowSecurity | Part::Key(_),
            ..
        }
        | Object::Extension(_)
        | Object::Function(_)
        | Object::Partition(_) => false,
    }
}

/// What a column holds: a default or a comment changes nothing for what stands on it.
fn stored(column: &Column) -> String {
    format!("{} {:?} {:?} {:?}", column.sql_type, column.generated, column.collation, column.enumeration)
}

fn key(table: &Table, name: &str) -> Option<String> {
    let unique = |it: &Unique| format!("{it:?}");
    if table.primary_key.name == name {
        return Some(format!("{:?}", table.primary_key));
    }
    table.uniques.iter().find(|it| it.name == name).map(unique)
}

/// The values that a branch took out of an enumeration, or gave another text.
fn values_gone<'a>(base: &'a Schema, other: &'a Schema, name: &str) -> impl Iterator<Item = &'a str> {
    let was = base.enumerations.get(name).into_iter().flat_map(|it| &it.values);
    let is = other.enumerations.get(name);
    was.filter(move |value| is.is_none_or(|it| it.values.iter().all(|known| known.value != value.value)))
        .map(|value| value.value.as_str())
}

/// What a branch took away or made anew, and the words by which SQL names it.
struct Lost {
    called: String,
    fate: Fate,
    /// The table that it belongs to.
    table: Option<String>,
    name: Option<String>,
    /// The text of a value.
    value: Option<String>,
}

fn lost(base: &Schema, other: &Schema) -> Vec<Lost> {
    let mut found = Vec::new();
    let mut tell = |object: Object, fate, table: Option<&str>, name: &str| {
        let (table, name) = (table.map(str::to_owned), Some(name.to_owned()));
        found.push(Lost { called: object.to_string(), fate, table, name, value: None });
    };
    for (name, table) in &base.tables {
        let Some(now) = other.tables.get(name) else {
            tell(Object::table(name), Fate::Gone, None, name);
            continue;
        };
        for column in &table.columns {
            let object = Object::column(name, &column.name);
            match now.column(&column.name) {
                None => tell(object, Fate::Gone, Some(name), &column.name),
                Some(it) if stored(it) != stored(column) => tell(object, Fate::Anew, Some(name), &column.name),
                Some(_) => {}
            }
        }
    }
    for (name, custom) in &base.customs {
        let fate = match other.customs.get(name) {
            None => Fate::Gone,
            Some(now) if now.up != custom.up => Fate::Anew,
            Some(_) => continue,
        };
        for routine in routines(&custom.up) {
            tell(Object::Function(routine.name.clone()), fate, None, &routine.name);
        }
    }
    for name in base.enumerations.keys() {
        for value in values_gone(base, other, name) {
            let of = |table: &&Table| table.columns.iter().any(|it| it.enumeration.as_ref() == Some(name));
            found.extend(base.tables.values().filter(of).map(|table| Lost {
                called: format!("the value {value} of {name}"),
                fate: Fate::Gone,
                table: Some(table.name.clone()),
                name: None,
                value: Some(value.to_owned()),
            }));
        }
    }
    found
}

/// The SQL of an object.
struct Text<'a> {
    /// The table whose columns it names without saying so.
    table: Option<&'a str>,
    sql: BTreeSet<&'a str>,
    statements: Vec<Words>,
}

impl Text<'_> {
    /// Whether one of its statements names a thing.
    fn names(&self, lost: &Lost) -> bool {
        let own = lost.table.as_deref().is_some_and(|table| Some(table) == self.table);
        // The columns of an expression's own table are known exactly.
        if own && lost.name.is_some() && !self.sql.is_empty() && self.sql.iter().all(|sql| Fragment::parse(sql).is_ok())
        {
            return false;
        }
        self.statements.iter().any(|it| {
            (own || lost.table.as_ref().is_none_or(|table| it.names.contains(table)))
                && lost.name.as_ref().is_none_or(|name| it.names.contains(name))
                && lost.value.as_ref().is_none_or(|value| it.texts.contains(value))
        })
    }
}

/// The SQL of a schema, by what has it.
fn texts(schema: &Schema) -> BTreeMap<Object, Text<'_>> {
    let mut list: Vec<(Object, Option<&str>, &str)> = Vec::new();
    let mut add = |object: Object, table, sql| list.push((object, table, sql));
    for table in schema.tables.values() {
        let name = &table.name;
        for column in &table.columns {
            if let Some(Generated::Stored(sql)) = &column.generated {
                add(Object::column(name, &column.name), Some(name.as_str()), sql);
            }
            if let Some(sql) = &column.default {
                add(Object::default_of(name, &column.name), Some(name.as_str()), sql);
            }
        }
        for check in &table.checks {
            add(Object::constraint(name, &check.name), Some(name.as_str()), &check.expression);
        }
        for exclusion in &table.exclusions {
            let parts =
                exclusion.elements.iter().map(|it| it.expression.as_str()).chain(exclusion.predicate.as_deref());
            parts.for_each(|sql| add(Object::constraint(name, &exclusion.name), Some(name.as_str()), sql));
        }
        for index in &table.indexes {
            let keys = index.key.iter().filter_map(|key| match &key.target {
                KeyTarget::Expression(sql) => Some(sql.as_str()),
                KeyTarget::Column(_) => None,
            });
            keys.chain(index.predicate.as_deref())
                .for_each(|sql| add(Object::index(&index.name), Some(name.as_str()), sql));
        }
        for unique in &table.uniques {
            unique
                .predicate
                .as_deref()
                .into_iter()
                .for_each(|sql| add(Object::index(&unique.name), Some(name.as_str()), sql));
        }
        for trigger in &table.triggers {
            let parts = trigger.condition.iter().chain(&trigger.body);
            parts.for_each(|sql| add(Object::trigger(name, &trigger.name), Some(name.as_str()), sql));
        }
        for policy in &table.policies {
            let parts = policy.using.iter().chain(&policy.with_check);
            parts.for_each(|sql| add(Object::policy(name, &policy.name), Some(name.as_str()), sql));
        }
        for part in table.partitioning.iter().flat_map(|it| &it.key) {
            add(Object::table(name), Some(name.as_str()), part);
        }
    }
    for custom in schema.customs.values() {
        add(Object::Custom(custom.name.clone()), None, &custom.up);
    }
    let mut found: BTreeMap<Object, Text<'_>> = BTreeMap::new();
    for (object, table, sql) in list {
        let text = found.entry(object).or_insert_with(|| Text { table, sql: BTreeSet::new(), statements: Vec::new() });
        text.sql.insert(sql);
        text.statements.extend(words(sql));
    }
    found
}
