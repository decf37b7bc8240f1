//! The statements behind the helpers: constants with numbered parameters, in SQL that every target runs.

use super::ident::{literal, quote, quote_list};
use crate::schema::{Column, Generated, SoftDelete, SqlType, Table};

/// The column that counts the changes of a row, where a table has one of an integer type.
const LOCK_VERSION: &str = "lock_version";

/// The columns by which the helpers find one row: the primary key, after the tenant where the table is scoped by one.
/// A row of another tenant is then no row, whatever its key.
#[must_use]
pub fn key(table: &Table) -> Vec<String> {
    scoped(table, &table.primary_key.columns)
}

/// Columns after the tenant, where the table is scoped by one and they do not name it.
#[must_use]
pub fn scoped(table: &Table, columns: &[String]) -> Vec<String> {
    table.tenant.iter().filter(|tenant| !columns.contains(tenant)).chain(columns).cloned().collect()
}

/// `WHERE products.tenant_id = EXCLUDED.tenant_id`: the row that a key without the tenant finds may be another tenant's,
/// which is not changed and does not come back.
fn of_same_tenant(table: &Table, conflict: &[String]) -> String {
    let tenant = table.tenant.as_ref().filter(|tenant| !conflict.contains(tenant)).map(|tenant| quote(tenant));
    tenant.map(|tenant| format!(" WHERE {}.{tenant} = EXCLUDED.{tenant}", quote(&table.name))).unwrap_or_default()
}

/// The column that shows whether a row changed since it was read.
#[must_use]
pub fn version(table: &Table) -> Option<&Column> {
    lock_version(table).or_else(|| table.column("updated_at")).filter(|column| !column.nullable)
}

fn lock_version(table: &Table) -> Option<&Column> {
    table.column(LOCK_VERSION).filter(|column| matches!(column.sql_type, SqlType::Integer | SqlType::BigInt))
}

/// The columns of a table by what a program may do with them.
#[derive(Debug)]
pub struct Columns<'a> {
    /// An INSERT gives them: they are NOT NULL and have no default.
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
            .filter(|column| !matches!(column.name.as_str(), "created_at" | "updated_at" | LOCK_VERSION))
            // A row does not move to another tenant.
            .filter(|column| table.tenant.as_ref() != Some(&column.name))
            .collect();
        Self { required, optional, mutable }
    }

    /// What an INSERT binds, in order.
    #[must_use]
    pub fn inserted(&self) -> Vec<Bound<'a>> {
        let required = self.required.iter().map(|column| Bound { column, left_out: LeftOut::Never });
        let optional = self.optional.iter().map(|column| Bound {
            column,
            left_out: match (column.has_default(), column.nullable) {
                (true, true) => LeftOut::ByFlag,
                (true, false) => LeftOut::ByNull,
                (false, _) => LeftOut::Never,
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
pub(crate) struct Parameters(usize);

impl Parameters {
    pub(crate) fn next(&mut self) -> String {
        self.0 += 1;
        format!("${}", self.0)
    }

    pub(crate) fn typed(&mut self, column: &Column) -> String {
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

pub(crate) fn all_columns(table: &Table) -> String {
    given_back(table, table.columns.iter().map(|column| &column.name))
}

/// Columns as a statement gives them back: each without the modifier of its type, so that a prepared statement of an open
/// connection survives that `VARCHAR(20)` becomes `VARCHAR(40)`. The result keeps the column's name.
pub(crate) fn given_back<'a>(table: &Table, columns: impl IntoIterator<Item = &'a String>) -> String {
    let column = |name: &String| format!("{}{}", quote(name), without_modifier(table, name));
    columns.into_iter().map(column).collect::<Vec<_>>().join(", ")
}

/// The cast that takes the modifier off a column's type; nothing where there is none.
pub(crate) fn without_modifier(table: &Table, column: &str) -> String {
    let bare = table.column(column).and_then(|column| column.sql_type.without_modifier());
    bare.map(|bare| format!("::{bare}")).unwrap_or_default()
}

/// `a = $1 AND b = $2` over the key, from a parameter on.
fn key_condition(table: &Table, parameters: &mut Parameters) -> String {
    conditions(&key(table), parameters)
}

pub(crate) fn conditions(columns: &[String], parameters: &mut Parameters) -> String {
    columns.iter().map(|column| format!("{} = {}", quote(column), parameters.next())).collect::<Vec<_>>().join(" AND ")
}

pub(crate) fn and_live(table: &Table) -> String {
    table.live_predicate().map(|live| format!(" AND {live}")).unwrap_or_default()
}

fn where_live(table: &Table) -> String {
    table.live_predicate().map(|live| format!(" WHERE {live}")).unwrap_or_default()
}

/// What every change of a row changes besides: each column, and its assignment.
pub(crate) fn touched(table: &Table) -> Vec<(&'static str, String)> {
    let mut touched = Vec::new();
    if lock_version(table).is_some() {
        touched.push((LOCK_VERSION, format!("{LOCK_VERSION} = {}.{LOCK_VERSION} + 1", quote(&table.name))));
    }
    if table.column("updated_at").is_some() {
        touched.push(("updated_at", "updated_at = now()".to_owned()));
    }
    touched
}

pub(crate) fn touch(table: &Table) -> String {
    touched(table).iter().map(|(_, touched)| format!(", {touched}")).collect()
}

pub(crate) fn touches(table: &Table) -> impl Iterator<Item = String> {
    touched(table).into_iter().map(|(_, touched)| touched)
}

/// One live row by its key.
#[must_use]
pub fn find(table: &Table) -> String {
    find_by(table, &key(table), table.live_predicate())
}

/// [`find`], with the row locked to the end of the transaction: for a change of it, or against one.
#[must_use]
pub fn lock(table: &Table, shared: bool) -> String {
    format!("{} FOR {}", find(table), if shared { "SHARE" } else { "UPDATE" })
}

/// One row by the columns of a unique key, among the rows that the key covers.
#[must_use]
pub fn find_by(table: &Table, columns: &[String], predicate: Option<&str>) -> String {
    let condition = conditions(columns, &mut Parameters::default());
    let predicate = predicate.map(|predicate| format!(" AND {predicate}")).unwrap_or_default();
    format!("SELECT {} FROM {} WHERE {condition}{predicate}", all_columns(table), quote(&table.name))
}

/// How many live rows there are; of one tenant, where the table is scoped by tenants.
#[must_use]
pub fn count(table: &Table) -> String {
    let name = quote(&table.name);
    match &table.tenant {
        None => format!("SELECT count(*) FROM {name}{}", where_live(table)),
        Some(tenant) => format!("SELECT count(*) FROM {name} WHERE {} = $1{}", quote(tenant), and_live(table)),
    }
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
    let values: Vec<String> = bound.iter().map(|bound| insert_value(table, bound, &mut parameters)).collect();
    format!("INSERT INTO {name} ({}) VALUES ({})", quote_list(&names), values.join(", "))
}

fn insert_value(table: &Table, bound: &Bound<'_>, parameters: &mut Parameters) -> String {
    let default = default_of(table, bound.column);
    match bound.left_out {
        LeftOut::Never => parameters.next(),
        LeftOut::ByNull => format!("coalesce({}, {default})", parameters.typed(bound.column)),
        LeftOut::ByFlag => {
            let flag = parameters.next();
            format!("CASE WHEN {flag} THEN {} ELSE {default} END", parameters.typed(bound.column))
        }
    }
}

/// What a column gets that is left out of an INSERT which names it.
pub(crate) fn default_of(table: &Table, column: &Column) -> String {
    let numbered = column.sql_type.numbered().is_some() || column.generated == Some(Generated::IdentityByDefault);
    match &column.default {
        Some(default) => default.clone(),
        // `DEFAULT` stands alone only. The sequence is asked for once in a statement, not for each row.
        None if numbered => format!(
            "nextval((SELECT pg_get_serial_sequence({}, {})::regclass))",
            literal(&quote(&table.name)),
            literal(&column.name)
        ),
        None => "NULL".to_owned(),
    }
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
    assignments.extend(touches(table));
    // Something must be set, or no row would come back.
    if assignments.is_empty() {
        assignments.extend(conflict.iter().map(|column| format!("{0} = EXCLUDED.{0}", quote(column))));
    }
    let predicate = predicate.map(|predicate| format!(" WHERE {predicate}")).unwrap_or_default();
    format!(
        "{} ON CONFLICT ({}){predicate} DO UPDATE SET {}{} RETURNING {}",
        insert_values(table),
        quote_list(conflict),
        assignments.join(", "),
        of_same_tenant(table, conflict),
        all_columns(table)
    )
}

/// One row in, unless the unique key holds one already: then nothing comes back.
#[must_use]
pub fn insert_once(table: &Table, conflict: &[String], predicate: Option<&str>) -> String {
    let predicate = predicate.map(|predicate| format!(" WHERE {predicate}")).unwrap_or_default();
    format!(
        "{} ON CONFLICT ({}){predicate} DO NOTHING RETURNING {}",
        insert_values(table),
        quote_list(conflict),
        all_columns(table)
    )
}

/// The columns that are given, of one live row; the whole row back.
#[must_use]
pub fn update(table: &Table) -> String {
    update_where(table, None)
}

/// [`update`], of a row that did not change since: after the key comes what [`version`] was.
#[must_use]
pub fn update_if_unchanged(table: &Table) -> Option<String> {
    version(table).map(|version| update_where(table, Some(version)))
}

fn update_where(table: &Table, version: Option<&Column>) -> String {
    let mut parameters = Parameters::default();
    let mut condition = key_condition(table, &mut parameters);
    if let Some(version) = version {
        condition.push_str(&format!(" AND {} = {}", quote(&version.name), parameters.next()));
    }
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
        "UPDATE {} SET {} WHERE {condition}{} RETURNING {}",
        quote(&table.name),
        assignments.into_iter().chain(touches(table)).collect::<Vec<_>>().join(", "),
        and_live(table),
        all_columns(table)
    )
}

pub(crate) fn mark(soft: SoftDelete) -> &'static str {
    match soft {
        SoftDelete::DeletedAt => "deleted_at = now()",
        SoftDelete::IsDeleted => "is_deleted = true",
    }
}

/// Deletes one row by primary key: marks it where the table is soft-deleted.
#[must_use]
pub fn delete(table: &Table) -> String {
    let Some(soft) = table.soft_delete else { return purge(table) };
    let mark = mark(soft);
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

/// Deletes the row for good; where the table is soft-deleted, only a row that is marked.
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
