//! The user's own SQL.

/// SQL that the schema does not know the meaning of: a view, a function, a grant. It is created after what it needs and
/// taken away before that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Custom {
    /// Its name: that of its files.
    pub name: String,
    /// The statements that make it, as they are written.
    pub up: String,
    /// The statements that take it away.
    pub down: String,
    /// The tables and other custom SQL that must be there before, by name. Where one of these tables changes, this is
    /// dropped first and recreated afterwards.
    pub after: Vec<String>,
    /// Whether each direction is one statement that must not run in a transaction.
    pub alone: bool,
}
