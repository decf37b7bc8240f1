//! The statements behind the helpers: constants with numbered parameters, in SQL that every target runs.

use super::ident::{quote, quote_list};
use super::text::{Hole, SqlText};
use crate::schema::{Column, SoftDelete, SqlType, Table};

/// The columns of a table by what a program may do with them.
#[derive(Debug)]
pub struct Columns<'a> {
    /// An INSERT gives them: they take no NULL and have no default.
    pub required: Vec<&'a Column>,
    /// An INSERT may leave them out.
    pub optional: Vec<&'a Column>,
    /// An UPDATE may change them.
    pub mutable: Vec<&'a Column>,
}

impl<'a> Columns<'a> {
    /// Sorts the columns of a table.
    #[must_use]
    pub fn of(table: &'a Table) -> Self {
        let marker = table.soft_delete.map(SoftDelete::column);
        let insertable = |column: &&Column| column.insertable() && Some(column.name.as_str()) != marker;
        let (optional, required) =
            table.columns.iter().filter(insertable).partition(|column| column.nullable || column.has_default());
        let mutable = table
            .columns
            .iter()
            .filter(insertable)
            .filter(|column| column.generated.is_none())
            .filter(|column| !table.primary_key.columns.contains(&column.name))
            .filter(|column| !matches!(column.name.as_str(), "created_at" | "updated_at"))
            .collect();
        Self { required, optional, mutable }
    }

    /// What an INSERT binds, in order.
    #[must_use]
    pub fn inserted(&self) -> Vec<Bound<'a>> {
        let required = self.required.iter().map(|column| Bound { column, left_out: LeftOut::Never });
        let optional = self.optional.iter().map(|column| Bound {
            column,
            left_out: match (&column.default, column.nullable) {
                (Some(_), true) => LeftOut::ByFlag,
                (Some(_), false) => LeftOut::ByNull,
                (None, _) => LeftOut::Never,
            },
        });
        required.chain(optional).collect()
    }
}

/// A column that a statement binds.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    /// The column.
    pub column: &'a Column,
    /// How a statement tells that no value was given.
    pub left_out: LeftOut,
}

/// How a statement tells that no value was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// There always is one.
    Never,
    /// The parameter is NULL, which the column cannot be.
    ByNull,
    /// A boolean parameter before it says so, because the value may be NULL.
    ByFlag,
}

/// The parameters of a statement, numbered as they are used.
#[derive(Debug, Default)]
pub(super) struct Parameters(usize);

impl Parameters {
    pub(super) fn next(&mut self) -> String {
        self.0 += 1;
        format!("${}", self.0)
    }

    pub(super) fn typed(&mut self, column: &Column) -> String {
        format!("{}{}", self.next(), cast(column))
    }
}

/// A cast to the column's type; none where only the compiler knows it: the driver states each parameter's type anyway.
fn cast(column: &Column) -> String {
    match column.sql_type.unresolved() {
        Some(_) => String::new(),
        None => format!("::{}", column.sql_type.base()),
    }
}

pub(super) fn all_columns(table: &Table) -> String {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    quote_list(&names)
}

/// `a = $1 AND b = $2` over the primary key, from a parameter on.
fn key_condition(table: &Table, parameters: &mut Parameters) -> String {
    conditions(&table.primary_key.columns, parameters)
}

pub(super) fn conditions(columns: &[String], parameters: &mut Parameters) -> String {
    columns.iter().map(|column| format!("{} = {}", quote(column), parameters.next())).collect::<Vec<_>>().join(" AND ")
}

pub(super) fn and_live(table: &Table) -> String {
    table.live_predicate().map(|live| format!(" AND {live}")).unwrap_or_default()
}

fn where_live(table: &Table) -> String {
    table.live_predicate().map(|live| format!(" WHERE {live}")).unwrap_or_default()
}

fn touch(table: &Table) -> &'static str {
    if table.column("updated_at").is_some() { ", updated_at = now()" } else { "" }
}

/// One live row by primary key.
#[must_use]
pub fn find(table: &Table) -> String {
    find_by(table, &table.primary_key.columns, table.live_predicate())
}

/// One row by the columns of a unique key, among the rows that the key covers.
#[must_use]
pub fn find_by(table: &Table, columns: &[String], predicate: Option<&str>) -> String {
    let condition = conditions(columns, &mut Parameters::default());
    let predicate = predicate.map(|predicate| format!(" AND {predicate}")).unwrap_or_default();
    format!("SELECT {} FROM {} WHERE {condition}{predicate}", all_columns(table), quote(&table.name))
}

/// Live rows by many primary keys.
#[must_use]
pub fn find_many(table: &Table) -> SqlText {
    let mut sql = SqlText::default();
    sql.push(&format!("SELECT {} FROM {} WHERE ", all_columns(table), quote(&table.name)));
    let keys = &table.primary_key.columns;
    match keys.as_slice() {
        [key] => sql.push(&format!("{} = ANY (", quote(key))),
        keys => sql.push(&format!("({}) IN (SELECT * FROM unnest(", quote_list(keys))),
    }
    let mut parameters = Parameters::default();
    for (position, column) in keys.iter().filter_map(|key| table.column(key)).enumerate() {
        if position > 0 {
            sql.push(", ");
        }
        array(&mut sql, &parameters.next(), column);
    }
    sql.push(if keys.len() == 1 { ")" } else { "))" });
    sql.push(&and_live(table));
    sql
}

/// A parameter that is an array of the column's values. The cast states its type: the driver leaves it open.
fn array(sql: &mut SqlText, parameter: &str, column: &Column) {
    sql.push(&format!("{parameter}::"));
    match column.sql_type.unresolved() {
        Some(_) => sql.hole(Hole::TypeName { column: column.name.clone() }),
        None => sql.push(&column.sql_type.base().to_string()),
    }
    sql.push("[]");
}

/// How many live rows there are.
#[must_use]
pub fn count(table: &Table) -> String {
    format!("SELECT count(*) FROM {}{}", quote(&table.name), where_live(table))
}

/// Whether there is a live row of that primary key.
#[must_use]
pub fn exists(table: &Table) -> String {
    let condition = key_condition(table, &mut Parameters::default());
    format!("SELECT EXISTS (SELECT 1 FROM {} WHERE {condition}{})", quote(&table.name), and_live(table))
}

/// One row in, the whole row back.
#[must_use]
pub fn insert(table: &Table) -> String {
    format!("{} RETURNING {}", insert_values(table), all_columns(table))
}

fn insert_values(table: &Table) -> String {
    let columns = Columns::of(table);
    let bound = columns.inserted();
    let name = quote(&table.name);
    if bound.is_empty() {
        return format!("INSERT INTO {name} DEFAULT VALUES");
    }
    let mut parameters = Parameters::default();
    let names: Vec<&str> = bound.iter().map(|bound| bound.column.name.as_str()).collect();
    let values: Vec<String> = bound.iter().map(|bound| insert_value(bound, &mut parameters)).collect();
    format!("INSERT INTO {name} ({}) VALUES ({})", quote_list(&names), values.join(", "))
}

fn insert_value(bound: &Bound<'_>, parameters: &mut Parameters) -> String {
    let default = bound.column.default.as_deref().unwrap_or("NULL");
    match bound.left_out {
        LeftOut::Never => parameters.next(),
        LeftOut::ByNull => format!("coalesce({}, {default})", parameters.typed(bound.column)),
        LeftOut::ByFlag => {
            let flag = parameters.next();
            format!("CASE WHEN {flag} THEN {} ELSE {default} END", parameters.typed(bound.column))
        }
    }
}

/// Whether rows can travel as one array for each column: an array of arrays cannot be taken apart again.
#[must_use]
pub fn can_unnest(table: &Table) -> bool {
    Columns::of(table).inserted().iter().all(|bound| !matches!(bound.column.sql_type, SqlType::Array(_)))
}

/// Many rows in one statement, one array for each column.
#[must_use]
pub fn insert_many(table: &Table) -> SqlText {
    let columns = Columns::of(table);
    let bound = columns.inserted();
    let names: Vec<&str> = bound.iter().map(|bound| bound.column.name.as_str()).collect();
    let mut parameters = Parameters::default();
    let (mut arrays, mut labels, mut values) = (SqlText::default(), Vec::new(), Vec::new());
    for (position, bound) in bound.iter().enumerate() {
        if position > 0 {
            arrays.push(", ");
        }
        let name = &bound.column.name;
        let value = format!("new_rows.{}", quote(name));
        let default = bound.column.default.as_deref().unwrap_or("NULL");
        values.push(match bound.left_out {
            LeftOut::Never => value,
            LeftOut::ByNull => format!("coalesce({value}, {default})"),
            LeftOut::ByFlag => {
                let given = format!("{name}_given");
                arrays.push(&format!("{}::BOOLEAN[], ", parameters.next()));
                let value = format!("CASE WHEN new_rows.{} THEN {value} ELSE {default} END", quote(&given));
                labels.push(given);
                value
            }
        });
        array(&mut arrays, &parameters.next(), bound.column);
        labels.push(name.clone());
    }
    let mut sql = SqlText::default();
    let into = format!("INSERT INTO {} ({})", quote(&table.name), quote_list(&names));
    sql.push(&format!("{into} SELECT {} FROM unnest(", values.join(", ")));
    sql.append(&arrays);
    sql.push(&format!(") AS new_rows ({})", quote_list(&labels)));
    sql
}

/// [`insert_many`] with the rows back.
#[must_use]
pub fn insert_many_returning(table: &Table) -> SqlText {
    let mut sql = insert_many(table);
    sql.push(&format!(" RETURNING {}", all_columns(table)));
    sql
}

/// One row in, or, where the unique key holds one already, its columns changed; the whole row back.
///
/// A column that the program left out keeps the value that the row has; so does one for which it gave NULL and that has
/// no default, because the two look alike.
#[must_use]
pub fn upsert(table: &Table, conflict: &[String], predicate: Option<&str>) -> String {
    let columns = Columns::of(table);
    let mut assignments: Vec<String> = Vec::new();
    let mut parameters = Parameters::default();
    for bound in columns.inserted() {
        let flag = (bound.left_out == LeftOut::ByFlag).then(|| parameters.next());
        let parameter = parameters.typed(bound.column);
        let name = &bound.column.name;
        if conflict.contains(name) || !columns.mutable.iter().any(|column| column.name == *name) {
            continue;
        }
        let (column, current) = (quote(name), format!("{}.{}", quote(&table.name), quote(name)));
        assignments.push(match flag {
            Some(flag) => format!("{column} = CASE WHEN {flag} THEN EXCLUDED.{column} ELSE {current} END"),
            None if bound.left_out == LeftOut::ByNull || bound.column.nullable => {
                format!("{column} = coalesce({parameter}, {current})")
            }
            None => format!("{column} = EXCLUDED.{column}"),
        });
    }
    if table.column("updated_at").is_some() {
        assignments.push("updated_at = now()".to_owned());
    }
    // Something must be set, or no row would come back.
    if assignments.is_empty() {
        assignments.extend(conflict.iter().map(|column| format!("{0} = EXCLUDED.{0}", quote(column))));
    }
    let predicate = predicate.map(|predicate| format!(" WHERE {predicate}")).unwrap_or_default();
    format!(
        "{} ON CONFLICT ({}){predicate} DO UPDATE SET {} RETURNING {}",
        insert_values(table),
        quote_list(conflict),
        assignments.join(", "),
        all_columns(table)
    )
}

/// The columns that are given, of one live row; the whole row back.
#[must_use]
pub fn update(table: &Table) -> String {
    let mut parameters = Parameters::default();
    let condition = key_condition(table, &mut parameters);
    let assignments: Vec<String> = Columns::of(table)
        .mutable
        .iter()
        .map(|column| {
            let name = quote(&column.name);
            if column.nullable {
                let flag = parameters.next();
                format!("{name} = CASE WHEN {flag} THEN {} ELSE {name} END", parameters.typed(column))
            } else {
                format!("{name} = coalesce({}, {name})", parameters.typed(column))
            }
        })
        .collect();
    format!(
        "UPDATE {} SET {}{} WHERE {condition}{} RETURNING {}",
        quote(&table.name),
        assignments.join(", "),
        touch(table),
        and_live(table),
        all_columns(table)
    )
}

/// Deletes one row by primary key: marks it where the table is deleted softly.
#[must_use]
pub fn delete(table: &Table) -> String {
    let Some(soft) = table.soft_delete else { return purge(table) };
    let mark = match soft {
        SoftDelete::DeletedAt => "deleted_at = now()",
        SoftDelete::IsDeleted => "is_deleted = true",
    };
    let condition = key_condition(table, &mut Parameters::default());
    format!("UPDATE {} SET {mark}{} WHERE {condition}{}", quote(&table.name), touch(table), and_live(table))
}

/// Takes the mark off a softly deleted row.
#[must_use]
pub fn restore(table: &Table) -> String {
    let mark =
        if table.soft_delete == Some(SoftDelete::IsDeleted) { "is_deleted = false" } else { "deleted_at = NULL" };
    let condition = key_condition(table, &mut Parameters::default());
    let marked = and_marked(table);
    format!("UPDATE {} SET {mark}{} WHERE {condition}{marked}", quote(&table.name), touch(table))
}

/// Deletes the row for good; where the table is deleted softly, only a row that is marked.
#[must_use]
pub fn purge(table: &Table) -> String {
    let condition = key_condition(table, &mut Parameters::default());
    format!("DELETE FROM {} WHERE {condition}{}", quote(&table.name), and_marked(table))
}

fn and_marked(table: &Table) -> &'static str {
    match table.soft_delete {
        Some(SoftDelete::DeletedAt) => " AND deleted_at IS NOT NULL",
        Some(SoftDelete::IsDeleted) => " AND is_deleted",
        None => "",
    }
}
