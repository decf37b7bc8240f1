//! What a cast from one type to another does to values. Every change of a type asks here, both ways: in place, by way of
//! another column, and under another name.

use crate::schema::{RangeKind, SqlType};
use crate::sql::ddl::Setting;

/// What happens to the values of one type as those of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Conversion {
    /// Each has a form there, and comes back from there as it was.
    Lossless,
    /// The server refuses those that have no form there; the others come back as they were.
    Refuses,
    /// Some become other values silently.
    Loses {
        /// Which, and what happens to them.
        how: String,
        /// Whether the server refuses some besides.
        refuses: bool,
    },
    /// The server has no such cast.
    Missing,
}

impl Conversion {
    fn loses(how: impl Into<String>) -> Self {
        Self::Loses { how: how.into(), refuses: false }
    }

    fn loses_or_refuses(how: impl Into<String>) -> Self {
        Self::Loses { how: how.into(), refuses: true }
    }

    /// Whether the release that still writes the old type may write what the server refuses as the new one.
    pub(super) fn refuses(&self) -> bool {
        match self {
            Self::Lossless => false,
            Self::Refuses | Self::Missing => true,
            Self::Loses { refuses, .. } => *refuses,
        }
    }
}

/// Types whose values the server casts alike.
pub(super) enum Family<'a> {
    /// Texts: of a length where one is stated, filled up to it with spaces where they are padded.
    Text {
        length: Option<u32>,
        padded: bool,
    },
    Boolean,
    /// Whole numbers of that many bytes.
    Integer(u32),
    /// Floating-point numbers that keep that many digits.
    Float(u32),
    Numeric(Option<(u32, u32)>),
    Moment(Moment),
    Time,
    Interval,
    /// JSON, as it was written or taken apart.
    Document {
        parsed: bool,
    },
    /// A type that has a cast to and from text alone.
    Opaque,
    Array(&'a SqlType),
    Serial,
    /// A type that only the server knows.
    Foreign(String),
}

/// The kinds of a moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Zoned,
    Plain,
    Day,
}

/// Where a type belongs. A new type does not compile before it has a place here.
pub(super) fn family(sql_type: &SqlType) -> Family<'_> {
    match sql_type {
        SqlType::Text => Family::Text { length: None, padded: false },
        SqlType::Varchar(length) => Family::Text { length: Some(*length), padded: false },
        SqlType::Char(length) => Family::Text { length: Some(*length), padded: true },
        SqlType::Boolean => Family::Boolean,
        SqlType::SmallInt => Family::Integer(2),
        SqlType::Integer => Family::Integer(4),
        SqlType::BigInt => Family::Integer(8),
        SqlType::Real => Family::Float(6),
        SqlType::Double => Family::Float(15),
        SqlType::Numeric(size) => Family::Numeric(*size),
        SqlType::Timestamptz => Family::Moment(Moment::Zoned),
        SqlType::Timestamp => Family::Moment(Moment::Plain),
        SqlType::Date => Family::Moment(Moment::Day),
        SqlType::Time => Family::Time,
        SqlType::Interval => Family::Interval,
        SqlType::Jsonb => Family::Document { parsed: true },
        SqlType::Json => Family::Document { parsed: false },
        SqlType::Uuid | SqlType::Bytea | SqlType::Inet | SqlType::Range(_) => Family::Opaque,
        SqlType::Array(element) => Family::Array(element),
        // An integer with a sequence of its own, and no type that a column could be made.
        SqlType::Other(_) if sql_type.numbered().is_some() => Family::Serial,
        // It keeps the letters as they are, and compares them differently.
        SqlType::Other(name) if name.eq_ignore_ascii_case("citext") => Family::Text { length: None, padded: false },
        SqlType::Other(name) => Family::Foreign(name.to_lowercase()),
        SqlType::Rust(name) => Family::Foreign(name.clone()),
    }
}

/// What a cast, in the form that [`super::convert`] gives it, does to the values of a type.
pub(super) fn conversion(from: &SqlType, to: &SqlType) -> Conversion {
    if from == to {
        return Conversion::Lossless;
    }
    let target = family(to);
    match family(from) {
        Family::Text { length, padded } => of_text(length, padded, to, &target),
        source => match (source, target) {
            (Family::Serial, _) | (_, Family::Serial) => Conversion::Missing,
            (Family::Foreign(from), Family::Foreign(to)) if from == to => Conversion::Lossless,
            (Family::Array(from), Family::Array(to)) => of_elements(from, to),
            (_, Family::Text { length: None, .. }) | (Family::Boolean, Family::Integer(4)) => Conversion::Lossless,
            (_, Family::Text { length: Some(length), .. }) => match longest(from) {
                Some(longest) if longest <= length => Conversion::Lossless,
                _ => Conversion::loses(cut(length)),
            },
            (Family::Foreign(_), _) | (_, Family::Foreign(_)) => {
                Conversion::loses_or_refuses(format!("what becomes of it as {to} is known to the server alone"))
            }
            (Family::Integer(bytes), target) => of_integer(bytes, &target),
            (Family::Float(digits), target) => of_float(digits, &target),
            (Family::Numeric(size), target) => of_numeric(size, &target),
            (Family::Moment(moment), target) => of_moment(moment, &target),
            (Family::Time, Family::Interval) => Conversion::loses("24:00:00 comes back as 00:00:00"),
            (Family::Interval, Family::Time) => Conversion::loses("months and days are dropped"),
            (Family::Document { parsed }, target) => of_document(parsed, &target),
            (
                Family::Boolean
                | Family::Time
                | Family::Interval
                | Family::Opaque
                | Family::Array(_)
                | Family::Text { .. },
                _,
            ) => Conversion::Missing,
        },
    }
}

/// The settings of a session on which the cast depends, or what tells two values apart by their text.
pub(super) fn settings(from: &SqlType, to: &SqlType) -> Vec<Setting> {
    if from == to {
        return Vec::new();
    }
    let mut settings = match (family(from), family(to)) {
        (Family::Foreign(_), _) | (_, Family::Foreign(_)) => Setting::ALL.to_vec(),
        (Family::Text { .. }, _) => of_text_form(to),
        (_, Family::Text { .. }) => of_text_form(from),
        // No array is taken AT TIME ZONE.
        (Family::Array(from), Family::Array(to)) => match (family(from), family(to)) {
            (Family::Moment(Moment::Zoned), Family::Moment(_) | Family::Time)
            | (Family::Moment(_), Family::Moment(Moment::Zoned)) => vec![Setting::TimeZone],
            _ => settings(from, to),
        },
        // Whether a number came through is seen in its text.
        (Family::Float(_), _) | (_, Family::Float(_)) => vec![Setting::FloatDigits],
        _ => Vec::new(),
    };
    settings.sort_unstable();
    settings.dedup();
    settings
}

/// The settings on which the text of a value depends, or what a text means as one.
fn of_text_form(sql_type: &SqlType) -> Vec<Setting> {
    match family(sql_type) {
        Family::Moment(Moment::Zoned) => vec![Setting::TimeZone, Setting::DateStyle],
        Family::Moment(Moment::Plain | Moment::Day) => vec![Setting::DateStyle],
        Family::Interval => vec![Setting::IntervalStyle],
        Family::Float(_) => vec![Setting::FloatDigits],
        Family::Array(element) => of_text_form(element),
        Family::Foreign(_) => Setting::ALL.to_vec(),
        Family::Opaque => match sql_type {
            SqlType::Bytea => vec![Setting::ByteaOutput],
            SqlType::Range(RangeKind::Tstz | RangeKind::Ts | RangeKind::Date) => {
                vec![Setting::TimeZone, Setting::DateStyle]
            }
            _ => Vec::new(),
        },
        Family::Text { .. }
        | Family::Boolean
        | Family::Integer(_)
        | Family::Numeric(_)
        | Family::Time
        | Family::Document { .. }
        | Family::Serial => Vec::new(),
    }
}

fn cut(length: u32) -> String {
    format!("what is longer than {length} characters is cut")
}

fn of_text(length: Option<u32>, padded: bool, to: &SqlType, target: &Family<'_>) -> Conversion {
    match *target {
        Family::Text { length: Some(short), .. } if length.is_none_or(|length| length > short) => {
            Conversion::loses(cut(short))
        }
        Family::Text { padded: true, .. } if !padded => Conversion::loses("spaces at the end are dropped"),
        Family::Text { .. } => Conversion::Lossless,
        Family::Serial => Conversion::Missing,
        _ => Conversion::loses_or_refuses(format!("a text that is read as {to} does not keep its spelling")),
    }
}

fn of_elements(from: &SqlType, to: &SqlType) -> Conversion {
    match conversion(from, to) {
        Conversion::Loses { how, refuses } => Conversion::Loses { how: format!("of its elements {how}"), refuses },
        other => other,
    }
}

fn of_integer(bytes: u32, target: &Family<'_>) -> Conversion {
    let digits = match bytes {
        2 => 5,
        4 => 10,
        _ => 19,
    };
    match *target {
        Family::Integer(other) if bytes <= other => Conversion::Lossless,
        Family::Float(kept) if digits <= kept => Conversion::Lossless,
        Family::Float(kept) => Conversion::loses(format!("a number of more than {kept} digits is rounded")),
        Family::Numeric(None) => Conversion::Lossless,
        Family::Numeric(Some((precision, scale))) if digits <= precision.saturating_sub(scale) => Conversion::Lossless,
        Family::Integer(_) | Family::Numeric(Some(_)) => Conversion::Refuses,
        Family::Boolean if bytes == 4 => Conversion::loses("every number but 0 becomes true"),
        _ => Conversion::Missing,
    }
}

const ROUNDED: &str = "digits behind the point are rounded away";

fn of_float(digits: u32, target: &Family<'_>) -> Conversion {
    match *target {
        Family::Float(other) if digits <= other => Conversion::Lossless,
        Family::Float(other) => {
            Conversion::loses_or_refuses(format!("a number of more than {other} digits is rounded"))
        }
        Family::Integer(_) => Conversion::loses_or_refuses(ROUNDED),
        Family::Numeric(_) => Conversion::loses_or_refuses(format!("it is rounded to {digits} digits")),
        _ => Conversion::Missing,
    }
}

fn of_numeric(size: Option<(u32, u32)>, target: &Family<'_>) -> Conversion {
    match (size, target) {
        (_, Family::Numeric(None)) => Conversion::Lossless,
        (None, Family::Numeric(Some((_, scale)))) => {
            Conversion::loses_or_refuses(format!("digits behind the point are rounded to {scale}"))
        }
        (Some((p, s)), Family::Numeric(Some((q, t)))) => {
            let (whole, room) = (p.saturating_sub(s), q.saturating_sub(*t));
            match (s <= *t, whole <= room) {
                (true, true) => Conversion::Lossless,
                (true, false) => Conversion::Refuses,
                // 9.99 becomes 10.0, which takes a digit more.
                (false, _) => Conversion::Loses {
                    how: format!("digits behind the point are rounded to {t}"),
                    refuses: whole >= room,
                },
            }
        }
        (Some((_, 0)), Family::Integer(_)) => Conversion::Refuses,
        (_, Family::Integer(_)) => Conversion::loses_or_refuses(ROUNDED),
        (Some((p, s)), Family::Float(digits)) if p <= *digits && s <= p => Conversion::Lossless,
        (_, Family::Float(digits)) => {
            Conversion::loses_or_refuses(format!("a number of more than {digits} digits is rounded"))
        }
        _ => Conversion::Missing,
    }
}

fn of_moment(moment: Moment, target: &Family<'_>) -> Conversion {
    match (moment, target) {
        (Moment::Zoned | Moment::Plain, Family::Moment(Moment::Day)) => Conversion::loses("the time of day is dropped"),
        // A day may lie millions of years ahead, a moment does not.
        (Moment::Day, Family::Moment(Moment::Zoned | Moment::Plain)) => Conversion::Refuses,
        (_, Family::Moment(_)) => Conversion::Lossless,
        (Moment::Zoned | Moment::Plain, Family::Time) => Conversion::loses("the day is dropped"),
        _ => Conversion::Missing,
    }
}

fn of_document(parsed: bool, target: &Family<'_>) -> Conversion {
    match target {
        Family::Document { parsed: true } => {
            Conversion::loses("spaces, the order of keys and all but the last of a key that stands twice are dropped")
        }
        Family::Document { parsed: false } => Conversion::Lossless,
        Family::Boolean if parsed => Conversion::Refuses,
        Family::Integer(_) | Family::Float(_) | Family::Numeric(_) if parsed => Conversion::loses_or_refuses(ROUNDED),
        _ => Conversion::Missing,
    }
}

/// The characters of the longest value, where there is one.
fn longest(sql_type: &SqlType) -> Option<u32> {
    match family(sql_type) {
        Family::Text { length, .. } => length,
        Family::Boolean => Some(5),
        Family::Integer(2) => Some(6),
        Family::Integer(4) => Some(11),
        Family::Integer(_) => Some(20),
        // A sign, a point, and a zero before it.
        Family::Numeric(Some((precision, scale))) => Some(precision.max(scale) + 3),
        Family::Opaque if *sql_type == SqlType::Uuid => Some(36),
        Family::Float(_)
        | Family::Numeric(None)
        | Family::Moment(_)
        | Family::Time
        | Family::Interval
        | Family::Document { .. }
        | Family::Opaque
        | Family::Array(_)
        | Family::Serial
        | Family::Foreign(_) => None,
    }
}
