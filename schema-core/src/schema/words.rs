//! The words of enumerations: written once, for those who print them and those who read them.

use std::fmt;

/// A word that an enumeration does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord(pub String);

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown word: {}", self.0)
    }
}

impl std::error::Error for UnknownWord {}

/// Gives an enumeration its words in SQL: `ALL`, `word()`, `Display`, and `FromStr`, which takes capitals and small letters.
macro_rules! words {
    ($type:ident { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $type {
            /// Each of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its word in SQL.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::schema::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                let found = Self::ALL.iter().find(|it| it.word().eq_ignore_ascii_case(word));
                found.copied().ok_or_else(|| $crate::schema::UnknownWord(word.to_owned()))
            }
        }
    };
}
pub(super) use words;

#[cfg(test)]
mod tests {
    use crate::schema::{Method, PartitionStrategy, PolicyCommand, TriggerTiming, UnknownWord};

    #[test]
    fn every_word_is_read_back() {
        macro_rules! read_back {
            ($($type:ident)+) => {$(
                for it in $type::ALL {
                    assert_eq!(it.word().parse(), Ok(*it));
                    assert_eq!(it.word().to_ascii_lowercase().parse(), Ok(*it));
                }
            )+};
        }
        read_back!(Method PartitionStrategy PolicyCommand TriggerTiming);
        assert_eq!("RANGES".parse::<PartitionStrategy>(), Err(UnknownWord("RANGES".to_owned())));
    }
}
