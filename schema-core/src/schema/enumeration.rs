//! Enumerations and their values.

/// A fixed set of values that a column may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Enumeration {
    /// Its SQL name: the type's where it is native, the table's where it is a lookup.
    pub name: String,
    /// How its values are stored.
    pub storage: Storage,
    /// The values, in declaration order.
    pub values: Vec<EnumValue>,
    /// The text of the comment.
    pub comment: Option<String>,
}

/// One value of an enumeration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct EnumValue {
    /// The text that is stored.
    pub value: String,
    /// What it means.
    pub comment: Option<String>,
    /// The text that it had before, for a rename.
    pub renamed_from: Option<String>,
}

/// How an enumeration is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Storage {
    /// A TEXT column with a CHECK on each table: portable, easy to extend.
    #[default]
    Text,
    /// A type of its own (`CREATE TYPE … AS ENUM`).
    Native,
}
