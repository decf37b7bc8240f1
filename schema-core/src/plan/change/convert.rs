//! The values of a column as those of another: the SQL that makes them, the rows that would not come through, and the
//! words that acknowledge what is lost.

use super::constraints::columns_of;
use super::conversion::{Conversion, Family, Moment, conversion, family, settings};
use super::enum_values::{becomes, renamed_values, texts};
use super::substitute;
use crate::dialect::{Dialect, ONE_TARGET};
use crate::place::Place;
use crate::plan::planner::{HAZARD, Planner, path};
use crate::schema::{Column, Schema, SqlType, Table};
use crate::sql::ddl::{self, Setting};
use crate::sql::{Statement, literal};

/// How the values of one column become those of another.
#[derive(Clone, Debug)]
pub(super) struct Convert {
    from: Column,
    to: Column,
    /// The values of an enumeration that have another text, each with its new one.
    values: Vec<(String, String)>,
    /// The texts that the new type takes, where it is a native enumeration and another one.
    takes: Vec<String>,
    /// The author's own expression over the column, under its new name: `backfill` of a column that gets another type.
    by: Option<String>,
    /// The author's own value for NULL: `backfill` of a column that gets another name and takes none.
    instead: Option<String>,
    pub(super) conversion: Conversion,
}

/// What was acknowledged for the values that do not come through.
pub(super) struct Loss {
    /// The words that were given.
    pub(super) words: Vec<String>,
    /// What is lost, where that was accepted; otherwise the file stops where a value would be.
    pub(super) accepted: Option<String>,
}

impl Convert {
    pub(super) fn is_lossless(&self) -> bool {
        self.conversion == Conversion::Lossless
    }

    /// The settings that are the same wherever values are cast, so that each becomes the same.
    pub(super) fn settings(&self) -> Vec<Setting> {
        let is_text = |column: &Column| column.enumeration.is_some() || is_plain_text(&column.sql_type);
        let is_word = is_text(&self.from) && is_text(&self.to);
        if is_word { Vec::new() } else { settings(&self.from.sql_type, &self.to.sql_type) }
    }

    /// Whether the author says what the values become, so that no cast brings them back.
    pub(super) fn is_by_author(&self) -> bool {
        self.by.is_some()
    }

    /// What a transaction begins with that casts values, in either direction.
    pub(super) fn pins(&self, back: &Self) -> Vec<Statement> {
        both_settings(self, back).into_iter().map(Setting::local).collect()
    }

    /// The type of the new values.
    pub(super) fn target(&self) -> &SqlType {
        &self.to.sql_type
    }

    /// Whether it is another value at all, or the same one.
    pub(super) fn is_needed(&self) -> bool {
        self.from.sql_type != self.to.sql_type || !self.values.is_empty()
    }

    /// Whether two defaults give the same value, each in its column.
    pub(super) fn is_same_default(&self, was: &str, is: &str) -> bool {
        was == is || self.values.iter().any(|(from, to)| literal(from) == was && literal(to) == is)
    }

    /// Has a value stand for NULL.
    pub(super) fn give(&mut self, value: &str) {
        self.instead = Some(value.to_owned());
    }

    /// Whether a value stands for NULL.
    pub(super) fn gives(&self) -> bool {
        self.instead.is_some()
    }

    /// The new value, of an expression that has the old one.
    pub(super) fn value(&self, value: &str, dialect: &Dialect) -> String {
        let made = self.made(value, dialect);
        match &self.instead {
            Some(instead) => format!("coalesce({made}, {instead})"),
            None => made,
        }
    }

    fn made(&self, value: &str, dialect: &Dialect) -> String {
        if let Some(by) = &self.by {
            let by = substitute::with_value(by, &self.to.name, value);
            return format!("CAST({by} AS {})", ddl::type_text(&self.to.sql_type, dialect));
        }
        if self.values.is_empty() && !self.is_by_text() {
            return cast(value, &self.from.sql_type, &self.to.sql_type, dialect);
        }
        cast(&self.text(value, dialect), &SqlType::Text, &self.to.sql_type, dialect)
    }

    /// Whether both are native enumerations, or types that only the server knows: no enumeration has a cast to another, and
    /// every type has one to and from text.
    fn is_by_text(&self) -> bool {
        let name = |column: &Column| match &column.sql_type {
            SqlType::Other(name) if matches!(family(&column.sql_type), Family::Foreign(_)) => {
                Some(name.split('(').next().unwrap_or(name).to_lowercase())
            }
            _ => None,
        };
        name(&self.from).zip(name(&self.to)).is_some_and(|(from, to)| from != to)
    }

    /// The text that the new value has.
    fn text(&self, value: &str, dialect: &Dialect) -> String {
        let text = cast(value, &self.from.sql_type, &SqlType::Text, dialect);
        if self.values.is_empty() { text } else { renamed_text(&text, &self.values) }
    }

    /// What comes after USING where the column gets the type in place.
    pub(super) fn using(&self, column: &str, dialect: &Dialect) -> String {
        let short = self.values.is_empty()
            && self.by.is_none()
            && !self.is_by_text()
            && pinned(&self.from.sql_type, &self.to.sql_type).is_none();
        if short {
            format!("{column}::{}", ddl::type_text(&self.to.sql_type, dialect))
        } else {
            self.value(column, dialect)
        }
    }

    /// What the header says of values that were given up.
    pub(super) fn lost(&self, name: &str) -> Option<String> {
        match &self.conversion {
            Conversion::Loses { how, .. } => Some(format!("of the values of {name}: {how}")),
            Conversion::Lossless | Conversion::Refuses | Conversion::Missing => None,
        }
    }

    /// The rows whose value would differ or be lost, as SQL over the row; nothing where every value comes through,
    /// or where no cast leads back to compare the two.
    pub(super) fn unfit(&self, column: &str, back: &Self, dialect: &Dialect) -> Option<String> {
        if self.is_lossless() || self.is_by_author() || back.is_by_author() {
            return None;
        }
        if !self.takes.is_empty() {
            let takes: Vec<String> = self.takes.iter().map(|text| literal(text)).collect();
            return Some(format!("{} NOT IN ({})", self.text(column, dialect), takes.join(", ")));
        }
        Some(match (family(&self.from.sql_type), family(&self.to.sql_type)) {
            (Family::Text { padded, .. }, Family::Text { length: Some(length), padded: pads }) => {
                let long = format!("char_length({column}::text) > {length}");
                if pads && !padded {
                    format!("{long} OR char_length(rtrim({column}, ' ')) < char_length({column})")
                } else {
                    long
                }
            }
            (Family::Integer(_), Family::Integer(bytes)) => out_of_range(column, bytes),
            (Family::Float(_) | Family::Numeric(_), Family::Integer(bytes)) => {
                format!("{} OR {column} <> round({column})", out_of_range(column, bytes))
            }
            (Family::Integer(_), Family::Numeric(Some((precision, scale)))) => too_large(column, precision, scale),
            // One that is not a number has a place in every NUMERIC.
            (Family::Numeric(_), Family::Numeric(Some((precision, scale)))) => format!(
                "{column} <> 'NaN' AND {} OR {column} <> round({column}, {scale})",
                too_large(column, precision, scale)
            ),
            // The server refuses a day that lies so far ahead, and no one has such days.
            (Family::Moment(Moment::Day), Family::Moment(Moment::Zoned | Moment::Plain)) => return None,
            _ if back.conversion == Conversion::Missing => return None,
            _ => {
                let through = back.value(&self.value(column, dialect), dialect);
                format!("{} IS DISTINCT FROM {}", self.identity(column), self.identity(&through))
            }
        })
    }

    /// A value as what is the same only where it is written the same.
    fn identity(&self, value: &str) -> String {
        let collate = if self.from.collation.is_some() { " COLLATE \"C\"" } else { "" };
        format!("CAST({value} AS TEXT){collate}")
    }
}

/// Whether a column has the type of an enumeration.
fn is_native(column: &Column) -> bool {
    column.enumeration.is_some() && matches!(column.sql_type, SqlType::Other(_))
}

fn is_plain_text(sql_type: &SqlType) -> bool {
    matches!(family(sql_type), Family::Text { padded: false, .. })
}

fn too_large(column: &str, precision: u32, scale: u32) -> String {
    format!("abs(round({column}::numeric, {scale})) >= 1e{}", precision.saturating_sub(scale))
}

fn out_of_range(column: &str, bytes: u32) -> String {
    let (low, high) = match bytes {
        2 => (i64::from(i16::MIN), i64::from(i16::MAX)),
        4 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    format!("{column} NOT BETWEEN {low} AND {high}")
}

/// The settings of two casts, each once.
pub(super) fn both_settings(forward: &Convert, back: &Convert) -> Vec<Setting> {
    let mut settings = [forward.settings(), back.settings()].concat();
    settings.sort_unstable();
    settings.dedup();
    settings
}

/// In parentheses, since PL/pgSQL takes its THEN for that of an IF.
fn renamed_text(text: &str, values: &[(String, String)]) -> String {
    let cases: String =
        values.iter().map(|(from, to)| format!(" WHEN {} THEN {}", literal(from), literal(to))).collect();
    format!("(CASE {text}{cases} ELSE {text} END)")
}

/// A cast that says the same in every session: between moments with a time zone and without, at UTC.
fn pinned(from: &SqlType, to: &SqlType) -> Option<fn(&str) -> String> {
    let (Family::Moment(from), to) = (family(from), family(to)) else { return None };
    match (from, to) {
        (Moment::Zoned, Family::Moment(Moment::Plain)) | (Moment::Plain, Family::Moment(Moment::Zoned)) => {
            Some(|value| format!("({value} AT TIME ZONE 'UTC')"))
        }
        (Moment::Zoned, Family::Moment(Moment::Day)) => {
            Some(|value| format!("CAST({value} AT TIME ZONE 'UTC' AS DATE)"))
        }
        (Moment::Day, Family::Moment(Moment::Zoned)) => {
            Some(|value| format!("(CAST({value} AS TIMESTAMP) AT TIME ZONE 'UTC')"))
        }
        (Moment::Zoned, Family::Time) => Some(|value| format!("CAST({value} AT TIME ZONE 'UTC' AS TIME)")),
        _ => None,
    }
}

fn cast(value: &str, from: &SqlType, to: &SqlType, dialect: &Dialect) -> String {
    if from == to {
        return value.to_owned();
    }
    match pinned(from, to) {
        Some(form) => form(value),
        None => format!("CAST({value} AS {})", ddl::type_text(to, dialect)),
    }
}

/// How the values of a column of one schema become those of one of another.
fn converts(of: &Schema, from: &Column, by: &Schema, to: &Column, values: Vec<(String, String)>) -> Convert {
    let is_word = from.enumeration.is_some() || is_plain_text(&from.sql_type);
    let takes = if is_word && is_native(to) && from.sql_type != to.sql_type { texts(by, to) } else { Vec::new() };
    let conversion = if takes.is_empty() {
        // Both are texts, and each release writes what its check takes.
        let both = from.enumeration.is_some() && to.enumeration.is_some();
        if both { Conversion::Lossless } else { conversion(&from.sql_type, &to.sql_type) }
    } else {
        let each_has_one = texts(of, from).into_iter().all(|text| takes.contains(&becomes(text, &values)));
        if from.enumeration.is_some() && each_has_one { Conversion::Lossless } else { Conversion::Refuses }
    };
    Convert { from: from.clone(), to: to.clone(), values, takes, by: None, instead: None, conversion }
}

/// The author's cast: what fills a column of another type, and names that column, which has its old values then.
pub(super) fn own_cast(old: &Column, new: &Column) -> Option<String> {
    let by = new.backfill.as_ref().filter(|_| old.sql_type != new.sql_type)?;
    columns_of(by).contains(&new.name).then(|| by.clone())
}

/// Both ways, where the author says what the values become. No cast is known to take that back: each way loses.
fn by_author(by: String, forward: Convert, back: Convert) -> (Convert, Convert) {
    let conversion = Conversion::Loses { how: format!("each becomes what `{by}` makes of it"), refuses: false };
    let is_there = back.conversion != Conversion::Missing;
    let loses = Conversion::Loses { how: "what was made of it does not become it again".to_owned(), refuses: false };
    let back = Convert { conversion: if is_there { loses } else { Conversion::Missing }, ..back };
    (Convert { by: Some(by), conversion, ..forward }, back)
}

impl Planner<'_> {
    /// How the values of an old column become those of a new one, and how they come back.
    pub(super) fn conversions(&self, old: &Column, new: &Column) -> (Convert, Convert) {
        let values = renamed_values(self.old(), old, self.new_schema(), new);
        let back = values.iter().map(|(from, to)| (to.clone(), from.clone())).collect();
        let forward = converts(self.old(), old, self.new_schema(), new, values);
        let back = converts(self.new_schema(), new, self.old(), old, back);
        match own_cast(old, new) {
            Some(by) => by_author(by, forward, back),
            None => (forward, back),
        }
    }

    /// Whether what happens to the values of a column was acknowledged; otherwise it is refused with the words to type.
    /// `lines` are other ways out, `words` what must be said besides. What `can_stop` looks at every value before one is lost.
    pub(super) fn loss(
        &mut self,
        table: &Table,
        convert: &Convert,
        words: &[String],
        can_stop: bool,
        lines: &[String],
    ) -> Option<Loss> {
        let name = path(table, &convert.to.name);
        let (from, to) = (&convert.from.sql_type, &convert.to.sql_type);
        if !self.dialect.settings && !convert.settings().is_empty() {
            let message =
                format!("what a {from} becomes as {to} depends on settings of the session, and no file pins them");
            let help = [lines, &[ONE_TARGET.to_owned()]].concat().join("\nor: ");
            self.refuse(HAZARD, Place::column(&table.name, &convert.to.name), message, help);
            return None;
        }
        let Conversion::Loses { how, .. } = &convert.conversion else {
            return Some(Loss { words: Vec::new(), accepted: None });
        };
        // Another value is what the author wants.
        let can_stop = can_stop && !convert.is_by_author();
        let (loses, stops) = (format!("loses {name}"), format!("no loss in {name}"));
        let said = |word: &String| self.allowed.acknowledged.contains(word);
        if said(&loses) || self.allowed.everything {
            return Some(Loss { accepted: convert.lost(&name), words: vec![loses] });
        }
        if can_stop && said(&stops) {
            return Some(Loss { accepted: None, words: vec![stops] });
        }
        let mut lines = lines.to_vec();
        if can_stop {
            lines.push(format!("{}    it stops if a value would change", self.acknowledges(words, &stops)));
        }
        lines.push(self.acknowledges(words, &loses));
        let message = format!("not every {from} keeps its value as {to}: {how}");
        self.refuse(HAZARD, Place::column(&table.name, &convert.to.name), message, lines.join("\nor: "));
        None
    }

    /// The line that says these words.
    fn acknowledges(&self, words: &[String], last: &str) -> String {
        let words: String = words.iter().map(|word| format!(" --acknowledge \"{word}\"")).collect();
        format!("{}{words} --acknowledge \"{last}\"", self.command())
    }
}
