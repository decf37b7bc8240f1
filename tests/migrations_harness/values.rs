//! Rows that satisfy the models before and after: each value follows from its type and the row's number.

use tablewright_core::schema::{Column, RangeKind, Schema, SqlType, Table};
use tablewright_core::sql::literal;

/// Makes values of a schema's rows that another schema accepts too.
#[derive(Clone, Copy)]
pub struct Values<'a> {
    pub schema: &'a Schema,
    pub other: &'a Schema,
}

/// The table that a table was or becomes.
pub fn counterpart<'a>(table: &Table, other: &'a Schema) -> Option<&'a Table> {
    let becomes = other.tables.values().find(|candidate| candidate.renamed_from.as_deref() == Some(&table.name));
    let was = || other.tables.get(table.renamed_from.as_ref()?);
    let same = || other.tables.get(&table.name).filter(|same| same.renamed_from.is_none());
    becomes.or_else(was).or_else(same)
}

/// The column that a column was or becomes.
pub fn counterpart_column<'a>(column: &Column, other: &'a Table) -> Option<&'a Column> {
    let becomes = other.columns.iter().find(|candidate| candidate.renamed_from.as_deref() == Some(&column.name));
    let was = || other.column(column.renamed_from.as_ref()?);
    let same = || other.column(&column.name).filter(|same| same.renamed_from.is_none());
    becomes.or_else(was).or_else(same)
}

impl<'a> Values<'a> {
    /// The tables, each after those that it references.
    pub fn tables(&self) -> Vec<&'a Table> {
        let mut order: Vec<&Table> = Vec::new();
        for table in self.schema.tables.values() {
            self.visit(table, &mut order, &mut Vec::new());
        }
        order
    }

    fn visit(&self, table: &'a Table, order: &mut Vec<&'a Table>, path: &mut Vec<&'a str>) {
        if order.iter().any(|done| done.name == table.name) || path.contains(&table.name.as_str()) {
            return;
        }
        path.push(&table.name);
        for key in table.foreign_keys.iter().filter(|key| !key.cycle) {
            if let Some(target) = self.schema.tables.get(&key.table) {
                self.visit(target, order, path);
            }
        }
        order.push(table);
    }

    /// The value of a column in a row, as SQL; `None` is NULL.
    pub fn value(&self, table: &Table, column: &Column, row: usize) -> Option<String> {
        // A row that references its own table, or one that comes later, references nothing.
        let open = table
            .foreign_keys
            .iter()
            .any(|key| key.columns.contains(&column.name) && column.nullable && (key.cycle || key.table == table.name));
        if open {
            return None;
        }
        let twin = counterpart(table, self.other).and_then(|other| Some((other, counterpart_column(column, other)?)));
        let mut lists: Vec<Vec<String>> = Self::listed(self.schema, table, column).into_iter().collect();
        lists.extend(twin.and_then(|(other, twin)| Self::listed(self.other, other, twin)));
        if let Some(mut values) = lists.pop() {
            values.retain(|value| lists.iter().all(|list| list.contains(value)));
            return values.get(row % values.len().max(1)).map(|value| literal(value));
        }
        // A text that was or becomes a number is one.
        if twin.is_some_and(|(_, twin)| is_number(twin)) && !is_number(column) {
            return Some(format!("'{row}'"));
        }
        match twin {
            Some((_, twin)) => Some(scalar_of_both(&column.sql_type, &twin.sql_type, row)),
            None => Some(scalar(&column.sql_type, row)),
        }
    }

    /// The values of a column that accepts only some: those of its enumeration, or those that a check lists.
    fn listed(schema: &Schema, table: &Table, column: &Column) -> Option<Vec<String>> {
        if let Some(enumeration) = column.enumeration.as_ref().and_then(|name| schema.enumerations.get(name)) {
            return Some(enumeration.values.iter().map(|value| value.value.clone()).collect());
        }
        let before = format!("{} IN ('", column.name);
        let list = table.checks.iter().find_map(|it| it.expression.strip_prefix(&before)?.strip_suffix("')"))?;
        Some(list.split("', '").map(str::to_owned).collect())
    }

    /// The statement that inserts a row with every value that can be given.
    pub fn insert(&self, table: &Table, row: usize) -> String {
        let given: Vec<&Column> = table.columns.iter().filter(|column| column.insertable()).collect();
        let names: Vec<String> = given.iter().map(|column| tablewright_core::sql::quote(&column.name)).collect();
        let values: Vec<String> =
            given.iter().map(|column| self.value(table, column, row).unwrap_or_else(|| "NULL".to_owned())).collect();
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            tablewright_core::sql::quote(&table.name),
            names.join(", "),
            values.join(", ")
        )
    }
}

fn is_number(column: &Column) -> bool {
    matches!(column.sql_type, SqlType::SmallInt | SqlType::Integer | SqlType::BigInt | SqlType::Numeric(_))
}

/// A value of a type that another type has too: a text that can be read as one, an instant that is a whole day.
fn scalar_of_both(sql_type: &SqlType, other: &SqlType, row: usize) -> String {
    let is_text = |it: &SqlType| matches!(it, SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_));
    let day = format!("{}-{:02}-{:02}", 2026 + row / 336, row / 28 % 12 + 1, row % 28 + 1);
    match (sql_type, other) {
        (one, other) if is_text(one) && !is_text(other) => match other {
            SqlType::Timestamptz => format!("'{day} 00:00:00+00'"),
            SqlType::Timestamp => format!("'{day} 00:00:00'"),
            SqlType::Date => format!("'{day}'"),
            SqlType::Uuid => format!("'00000000-0000-0000-0000-{row:012}'"),
            SqlType::Jsonb | SqlType::Json => format!("'{{\"row\": {row}}}'"),
            SqlType::Array(element) if is_text(element) => format!("'{{\"text {row}\"}}'"),
            _ => scalar(one, row),
        },
        (SqlType::Timestamptz | SqlType::Timestamp, SqlType::Date) => format!("({})::{sql_type}", scalar(other, row)),
        _ => scalar(sql_type, row),
    }
}

/// A value of a type: a different one for each row.
fn scalar(sql_type: &SqlType, row: usize) -> String {
    let instant = |hours: usize| format!("(timestamptz '2026-01-01 00:00:00+00' + interval '{hours} hours')");
    match sql_type {
        SqlType::Uuid => format!("'00000000-0000-0000-0000-{row:012}'::uuid"),
        SqlType::Boolean => row.is_multiple_of(2).to_string(),
        SqlType::SmallInt
        | SqlType::Integer
        | SqlType::BigInt
        | SqlType::Real
        | SqlType::Double
        | SqlType::Numeric(_) => row.to_string(),
        SqlType::Timestamptz => instant(row),
        SqlType::Timestamp => format!("{}::timestamp", instant(row)),
        SqlType::Date => format!("(date '2026-01-01' + {row})"),
        SqlType::Time => format!("(time '00:00' + interval '{row} seconds')"),
        SqlType::Interval => format!("interval '{row} seconds'"),
        SqlType::Jsonb | SqlType::Json => format!("'{{\"row\": {row}}}'"),
        SqlType::Bytea => format!("convert_to('{row}', 'UTF8')"),
        SqlType::Inet => format!("'10.0.{}.{}'::inet", row / 256, row % 256),
        SqlType::Range(RangeKind::Tstz) => format!("tstzrange({}, {})", instant(row), instant(row + 1)),
        SqlType::Range(RangeKind::Ts) => {
            format!("tsrange({}::timestamp, {}::timestamp)", instant(row), instant(row + 1))
        }
        SqlType::Range(RangeKind::Date) => {
            format!("daterange(date '2026-01-01' + {row}, date '2026-01-01' + {})", row + 1)
        }
        SqlType::Range(kind) => format!("{}({row}, {})", kind.name().to_lowercase(), row + 1),
        SqlType::Array(element) => format!("ARRAY[{}]::{sql_type}", scalar(element, row)),
        SqlType::Char(length) | SqlType::Varchar(length) if *length < 8 => format!("'{row}'"),
        SqlType::Text | SqlType::Char(_) | SqlType::Varchar(_) | SqlType::Other(_) | SqlType::Rust(_) => {
            format!("'text {row}'")
        }
    }
}
