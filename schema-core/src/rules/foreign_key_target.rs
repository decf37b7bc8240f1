use super::{Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{Schema, SqlType, Table};
use crate::suggest::nearest;

pub(super) static RULE: Rule = Rule {
    id: "foreign_key_target",
    summary: "A foreign key references a key of an existing table, with columns of the same types.",
    why: "The server would refuse the migration.",
    bad: "
#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

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
    check: RuleCheck::Schema(check),
};

fn check(schema: &Schema, _: &Profile, found: &mut Vec<Diagnostic>) {
    for table in schema.tables.values() {
        for index in 0..table.foreign_keys.len() {
            check_one(schema, table, index, found);
        }
    }
}

fn check_one(schema: &Schema, table: &Table, index: usize, found: &mut Vec<Diagnostic>) {
    let foreign_key = &table.foreign_keys[index];
    let place = Place::of_foreign_key(table, index);
    let Some(target) = schema.tables.get(&foreign_key.table) else {
        let help = match nearest(&foreign_key.table, schema.tables.keys().map(String::as_str)) {
            Some(near) => format!("did you mean the model of `{near}`?"),
            None => "name a model that derives `Table`".to_owned(),
        };
        found.push(Diagnostic::new(RULE.id, place, format!("there is no table `{}`", foreign_key.table)).help(help));
        return;
    };
    // https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-UNLOGGED
    if target.unlogged && !table.unlogged {
        let message = format!("`{}` is unlogged: a crash would empty it below the rows that reference it", target.name);
        found.push(Diagnostic::new(RULE.id, place.clone(), message).help(format!(
            "{}, or drop it on `{}`",
            attribute::table::flag("unlogged"),
            target.name
        )));
    }
    for (column, target_column) in foreign_key.columns.iter().zip(&foreign_key.target_columns) {
        let Some(referenced) = target.column(target_column) else {
            let names = target.columns.iter().map(|column| column.name.as_str());
            let help = match nearest(target_column, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its primary key is ({})", target.primary_key.columns.join(", ")),
            };
            found.push(
                Diagnostic::new(RULE.id, place.clone(), format!("`{}` has no column `{target_column}`", target.name))
                    .help(help),
            );
            return;
        };
        if let Some(column) = table.column(column).filter(|column| !fits(&column.sql_type, &referenced.sql_type)) {
            found.push(
                Diagnostic::new(
                    RULE.id,
                    Place::of_type(table, &column.name),
                    format!(
                        "{} cannot reference {}.{target_column}, which is {}",
                        column.sql_type, target.name, referenced.sql_type
                    ),
                )
                .help("give the field the type of the column that it references")
                .second(Place::of_type(target, target_column), "the referenced column"),
            );
        }
    }
    let referenced = &foreign_key.target_columns;
    let same = |columns: &[String]| {
        columns.len() == referenced.len() && columns.iter().all(|column| referenced.contains(column))
    };
    let unique = same(&target.primary_key.columns)
        || target.uniques.iter().any(|unique| unique.predicate.is_none() && same(&unique.columns));
    if !unique {
        found.push(
            Diagnostic::new(
                RULE.id,
                place,
                format!(
                    "({}) is not a key of `{}`: a foreign key references a primary key or a unique one over all rows",
                    referenced.join(", "),
                    target.name
                ),
            )
            .help(format!(
                "reference ({}), or add {} to `{}`",
                target.primary_key.columns.join(", "),
                attribute::unique::line(referenced),
                target.name
            )),
        );
    }
}

/// Whether the server lets one reference the other; a `SERIAL` is an integer.
fn fits(column: &SqlType, referenced: &SqlType) -> bool {
    // Integers of two widths are for `foreign_key_width`, which can be waived: the server takes them.
    column.value() == referenced.value() || super::foreign_key_width::differ(column, referenced)
}
