//! Settings of a session on which a cast depends, at one value each: a row then becomes the same whoever writes it.

use crate::sql::statement::Statement;

/// A setting that a cast to or from text reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// The zone in which a moment is written and read.
    TimeZone,
    /// How a day is written, and which part of it comes first.
    DateStyle,
    /// How an interval is written.
    IntervalStyle,
    /// How many digits a floating-point number is written with.
    FloatDigits,
    /// How bytes are written.
    ByteaOutput,
    /// How money is written.
    Monetary,
}

impl Setting {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::TimeZone, Self::DateStyle, Self::IntervalStyle, Self::FloatDigits, Self::ByteaOutput, Self::Monetary];

    /// Its name and its value, which keeps every value of a type apart from the others.
    fn pinned(self) -> (&'static str, &'static str) {
        match self {
            Self::TimeZone => ("TimeZone", "UTC"),
            Self::DateStyle => ("DateStyle", "ISO, YMD"),
            Self::IntervalStyle => ("IntervalStyle", "postgres"),
            Self::FloatDigits => ("extra_float_digits", "1"),
            Self::ByteaOutput => ("bytea_output", "hex"),
            Self::Monetary => ("lc_monetary", "C"),
        }
    }

    /// What a function says of it after its language.
    #[must_use]
    pub fn of_function(self) -> String {
        let (name, value) = self.pinned();
        format!("SET {name} = {}", super::literal(value))
    }

    /// The statement that sets it until the transaction ends.
    #[must_use]
    pub fn local(self) -> Statement {
        let (name, value) = self.pinned();
        format!("SET LOCAL {name} = {};", super::literal(value)).into()
    }

    /// The same within a block.
    #[must_use]
    pub fn perform(self) -> Statement {
        let (name, value) = self.pinned();
        format!("PERFORM set_config({}, {}, true);", super::literal(name), super::literal(value)).into()
    }
}
