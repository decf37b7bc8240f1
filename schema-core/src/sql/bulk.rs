//! The statements over many rows: one array for each column, taken apart by `unnest`, and COPY.

use super::dml::{
    Bound, Columns, LeftOut, Parameters, all_columns, and_live, default_of, key, mark, scoped, touch, touches,
};
use super::ident::{quote, quote_list};
use super::text::{Hole, SqlText};
use crate::schema::{Column, Generated, SqlType, Table};

/// Whether rows can travel as one array for each column: an array of arrays cannot be taken apart again.
#[must_use]
pub fn can_unnest(table: &Table) -> bool {
    Columns::of(table).inserted().iter().all(|bound| !matches!(bound.column.sql_type, SqlType::Array(_)))
}

/// Many rows in one statement, one array for each column.
#[must_use]
pub fn insert_many(table: &Table) -> SqlText {
    let rows = NewRows::of_inserted(table, "");
    let mut sql = insert_select(table, &rows);
    rows.from(&mut sql);
    sql
}

fn insert_select(table: &Table, rows: &NewRows) -> SqlText {
    let (names, values) = inserted_values(table, rows);
    let mut sql = SqlText::default();
    let into = format!("INSERT INTO {} ({})", quote(&table.name), quote_list(&names));
    sql.push(&format!("{into} SELECT {}", values.join(", ")));
    sql
}

/// The columns of an INSERT, and what each gets of a new row.
fn inserted_values<'a>(table: &'a Table, rows: &NewRows) -> (Vec<&'a str>, Vec<String>) {
    let value = |bound: &Bound<'_>| {
        let (default, value) = (default_of(table, bound.column), rows.value(bound.column));
        match bound.left_out {
            LeftOut::Never => value,
            LeftOut::ByNull => format!("coalesce({value}, {default})"),
            LeftOut::ByFlag => format!("CASE WHEN {} THEN {value} ELSE {default} END", rows.given(bound.column)),
        }
    };
    Columns::of(table).inserted().iter().map(|bound| (bound.column.name.as_str(), value(bound))).unzip()
}

/// Rows that come as one array for each parameter: `unnest(…) AS new_rows (…)`.
struct NewRows {
    prefix: &'static str,
    arrays: SqlText,
    labels: Vec<String>,
    parameters: Parameters,
}

impl NewRows {
    /// `prefix` keeps the names apart from those of the table, where a condition names columns bare.
    fn new(prefix: &'static str) -> Self {
        Self { prefix, arrays: SqlText::default(), labels: Vec::new(), parameters: Parameters::default() }
    }

    /// The parameters of an INSERT.
    fn of_inserted(table: &Table, prefix: &'static str) -> Self {
        let mut rows = Self::new(prefix);
        for bound in Columns::of(table).inserted() {
            rows.add(bound.column, bound.left_out == LeftOut::ByFlag);
        }
        rows
    }

    fn add(&mut self, column: &Column, flagged: bool) {
        if flagged {
            self.comma();
            self.arrays.push(&format!("{}::BOOLEAN[]", self.parameters.next()));
            self.labels.push(format!("{}{}_given", self.prefix, column.name));
        }
        self.comma();
        array(&mut self.arrays, &self.parameters.next(), column);
        self.labels.push(format!("{}{}", self.prefix, column.name));
    }

    fn comma(&mut self) {
        if !self.labels.is_empty() {
            self.arrays.push(", ");
        }
    }

    fn value(&self, column: &Column) -> String {
        format!("new_rows.{}", quote(&format!("{}{}", self.prefix, column.name)))
    }

    fn given(&self, column: &Column) -> String {
        format!("new_rows.{}", quote(&format!("{}{}_given", self.prefix, column.name)))
    }

    fn from(&self, sql: &mut SqlText) {
        sql.push(" FROM ");
        self.unnested(sql, None);
    }

    /// The same, each row with its number.
    fn numbered_from(&self, sql: &mut SqlText, number: &str) {
        sql.push(" FROM ");
        self.unnested(sql, Some(number));
    }

    /// `unnest(…) AS new_rows (…)`
    fn unnested(&self, sql: &mut SqlText, number: Option<&str>) {
        sql.push("unnest(");
        sql.append(&self.arrays);
        sql.push(if number.is_some() { ") WITH ORDINALITY" } else { ")" });
        let number = number.map(|number| format!(", {number}")).unwrap_or_default();
        sql.push(&format!(" AS new_rows ({}{number})", quote_list(&self.labels)));
    }

    /// Changes the rows of the table that the new ones are found by, after they are locked in the order of the primary key: two
    /// statements that change the same rows wait for each other, and neither holds what the other waits for.
    fn update(&self, table: &Table, by: &[String], and: &str, assignments: &[String]) -> SqlText {
        let (name, matched) = (quote(&table.name), self.join(table, by));
        let mut sql = SqlText::default();
        sql.push(&format!("WITH new_rows AS MATERIALIZED (SELECT new_rows.* FROM {name}, "));
        self.unnested(&mut sql, None);
        sql.push(&format!(
            " WHERE {matched}{and} ORDER BY {} FOR NO KEY UPDATE OF {name}) \
             UPDATE {name} SET {} FROM new_rows WHERE {matched}{and}",
            by_primary_key(table),
            assignments.join(", "),
        ));
        sql
    }

    /// `table.a = new_rows.a AND …`
    fn join(&self, table: &Table, columns: &[String]) -> String {
        let equal = columns
            .iter()
            .filter_map(|name| table.column(name))
            .map(|column| format!("{}.{} = {}", quote(&table.name), quote(&column.name), self.value(column)));
        equal.collect::<Vec<_>>().join(" AND ")
    }
}

/// [`insert_many`] with the rows back, in the order in which they were given.
///
/// `RETURNING` promises no order, so the rows are numbered, their keys are decided before they go in, and by its key each
/// finds its number again. A row whose key a trigger changed has none, and comes last. Where the server numbers the keys,
/// it does so in the order of the rows, and the keys show it.
#[must_use]
pub fn insert_many_returning(table: &Table) -> SqlText {
    let rows = NewRows::of_inserted(table, "");
    let key = &table.primary_key.columns;
    let mut number = "input_row".to_owned();
    while table.column(&number).is_some() {
        number.push('_');
    }
    let (names, values) = inserted_values(table, &rows);
    let is_given = |column: &String| names.contains(&column.as_str());
    let mut sql = SqlText::default();
    if !key.is_empty() && key.iter().all(is_given) {
        let named = names.iter().zip(&values).map(|(name, value)| match quote(name) {
            name if *value == format!("new_rows.{name}") => value.clone(),
            name => format!("{value} AS {name}"),
        });
        let named = named.collect::<Vec<_>>().join(", ");
        sql.push(&format!("WITH new_rows AS MATERIALIZED (SELECT {named}, new_rows.{number}"));
        rows.numbered_from(&mut sql, &number);
        let same: Vec<String> = key.iter().map(|key| format!("made.{0} = new_rows.{0}", quote(key))).collect();
        sql.push(&format!(
            "), made AS (INSERT INTO {} ({names}) SELECT {names} FROM new_rows RETURNING {}) \
             SELECT made.* FROM made LEFT JOIN new_rows ON {} ORDER BY new_rows.{number}",
            quote(&table.name),
            all_columns(table),
            same.join(" AND "),
            names = quote_list(&names),
        ));
        return sql;
    }
    let numbered: Vec<&str> = key
        .iter()
        .filter_map(|key| table.column(key))
        .filter(|column| column.generated == Some(Generated::IdentityAlways))
        .map(|column| column.name.as_str())
        .collect();
    let mut insert = insert_select(table, &rows);
    rows.numbered_from(&mut insert, &number);
    insert.push(&format!(" ORDER BY new_rows.{number} RETURNING {}", all_columns(table)));
    if numbered.is_empty() {
        return insert;
    }
    sql.push("WITH made AS (");
    sql.append(&insert);
    sql.push(&format!(") SELECT made.* FROM made ORDER BY {}", quote_list(&numbered)));
    sql
}

/// The two statements of many rows in or changed, over the parameters of [`insert_many`]: first the rows that there are
/// are changed, then those that there are not are inserted. A row that another transaction inserts between the two is
/// left alone by the second, and the caller begins again.
#[must_use]
pub fn upsert_many(table: &Table, conflict: &[String], predicate: Option<&str>) -> [SqlText; 2] {
    let (columns, name) = (Columns::of(table), quote(&table.name));
    let rows = NewRows::of_inserted(table, "new_");
    let and_covered = predicate.map(|predicate| format!(" AND {predicate}")).unwrap_or_default();
    let mut assignments: Vec<String> = Vec::new();
    for bound in columns.inserted() {
        let column = bound.column;
        if conflict.contains(&column.name) || !columns.mutable.iter().any(|mutable| mutable.name == column.name) {
            continue;
        }
        let (value, current) = (rows.value(column), format!("{name}.{}", quote(&column.name)));
        let value = match bound.left_out {
            LeftOut::ByFlag => format!("CASE WHEN {} THEN {value} ELSE {current} END", rows.given(column)),
            LeftOut::Never if !column.nullable => value,
            LeftOut::Never | LeftOut::ByNull => format!("coalesce({value}, {current})"),
        };
        assignments.push(format!("{} = {value}", quote(&column.name)));
    }
    assignments.extend(touches(table));
    if assignments.is_empty() {
        assignments.extend(conflict.iter().map(|column| format!("{0} = {name}.{0}", quote(column))));
    }
    // A row that clashes on a key without the tenant may be another tenant's: it is neither changed nor counted.
    let update = rows.update(table, &scoped(table, conflict), &and_covered, &assignments);
    let mut insert = insert_select(table, &rows);
    rows.from(&mut insert);
    let order: Vec<String> = conflict.iter().filter_map(|name| Some(rows.value(table.column(name)?))).collect();
    insert.push(&format!(
        " WHERE NOT EXISTS (SELECT 1 FROM {name} WHERE {}{and_covered}) ORDER BY {} ON CONFLICT ({}){} DO NOTHING",
        rows.join(table, conflict),
        order.join(", "),
        quote_list(conflict),
        predicate.map(|predicate| format!(" WHERE {predicate}")).unwrap_or_default()
    ));
    [update, insert]
}

/// What COPY loads, and a letter for each parameter of the INSERT: `v` is a value, `g` a value whose NULL means "left
/// out", `f` the flag before a value that may be NULL. `None` where an array's elements may be of a type that is known by
/// name only: COPY needs its number.
#[must_use]
pub fn copy(table: &Table) -> Option<(String, String)> {
    let columns = Columns::of(table).inserted();
    let nameless = |ty: &SqlType| matches!(ty, SqlType::Array(_)) && ty.unresolved().is_some();
    if columns.is_empty() || columns.iter().any(|bound| nameless(&bound.column.sql_type)) {
        return None;
    }
    let names: Vec<&str> = columns.iter().map(|bound| bound.column.name.as_str()).collect();
    let letters = columns.iter().map(|bound| match bound.left_out {
        LeftOut::Never => "v",
        LeftOut::ByNull => "g",
        LeftOut::ByFlag => "fv",
    });
    let sql = format!("COPY {} ({}) FROM STDIN (FORMAT binary)", quote(&table.name), quote_list(&names));
    Some((sql, letters.collect()))
}

/// Many live rows, each by its key and with what is given of it: the parameters of the patch of one row, as arrays.
#[must_use]
pub fn update_many(table: &Table) -> SqlText {
    let (columns, name, key) = (Columns::of(table), quote(&table.name), key(table));
    let mut rows = NewRows::new("");
    for column in key.iter().filter_map(|key| table.column(key)) {
        rows.add(column, false);
    }
    let mut assignments: Vec<String> = Vec::new();
    for column in &columns.mutable {
        rows.add(column, column.nullable);
        let (value, current) = (rows.value(column), format!("{name}.{}", quote(&column.name)));
        assignments.push(if column.nullable {
            format!("{} = CASE WHEN {} THEN {value} ELSE {current} END", quote(&column.name), rows.given(column))
        } else {
            format!("{} = coalesce({value}, {current})", quote(&column.name))
        });
    }
    assignments.extend(touches(table));
    rows.update(table, &key, &and_live(table), &assignments)
}

/// Whether patches can travel as one array for each column.
#[must_use]
pub fn can_unnest_patches(table: &Table) -> bool {
    Columns::of(table).mutable.iter().all(|column| !matches!(column.sql_type, SqlType::Array(_)))
}

/// Deletes many rows by their keys: marks them where the table is soft-deleted. They are locked in the order of the primary key
/// first, as by [`update_many`].
#[must_use]
pub fn delete_many(table: &Table) -> SqlText {
    let (name, keys) = (quote(&table.name), key(table));
    let strength = if table.soft_delete.is_some() { "NO KEY UPDATE" } else { "UPDATE" };
    let mut sql = SqlText::default();
    sql.push(&format!("WITH locked AS MATERIALIZED (SELECT {} FROM {name} WHERE ", quote_list(&keys)));
    any_key(&mut sql, table);
    sql.push(&format!("{} ORDER BY {} FOR {strength}) ", and_live(table), by_primary_key(table)));
    match table.soft_delete {
        None => sql.push(&format!("DELETE FROM {name} USING locked WHERE ")),
        Some(soft) => sql.push(&format!("UPDATE {name} SET {}{} FROM locked WHERE ", mark(soft), touch(table))),
    }
    let same: Vec<String> = keys.iter().map(|key| format!("{name}.{0} = locked.{0}", quote(key))).collect();
    sql.push(&format!("{}{}", same.join(" AND "), and_live(table)));
    sql
}

/// `orders.a, orders.b`
fn by_primary_key(table: &Table) -> String {
    let key = table.primary_key.columns.iter().map(|key| format!("{}.{}", quote(&table.name), quote(key)));
    key.collect::<Vec<_>>().join(", ")
}

/// Live rows by many keys.
#[must_use]
pub fn find_many(table: &Table) -> SqlText {
    let mut sql = SqlText::default();
    sql.push(&format!("SELECT {} FROM {} WHERE ", all_columns(table), quote(&table.name)));
    any_key(&mut sql, table);
    sql.push(&and_live(table));
    sql
}

/// Whether a row has one of the keys that come as one array for each column.
fn any_key(sql: &mut SqlText, table: &Table) {
    let keys = key(table);
    match keys.as_slice() {
        [key] => sql.push(&format!("{} = ANY (", quote(key))),
        keys => sql.push(&format!("({}) IN (SELECT * FROM unnest(", quote_list(keys))),
    }
    let mut parameters = Parameters::default();
    for (position, column) in keys.iter().filter_map(|key| table.column(key)).enumerate() {
        if position > 0 {
            sql.push(", ");
        }
        array(sql, &parameters.next(), column);
    }
    sql.push(if keys.len() == 1 { ")" } else { "))" });
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
