use super::{Direction, Nulls};

/// A query declared on the table that it reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Query {
    /// The name: the helper's, the constant's and the span's.
    pub name: String,
    /// The conditions on columns, in declaration order.
    pub parameters: Vec<Parameter>,
    /// A further condition, as SQL.
    pub predicate: Option<String>,
    /// The order of the rows.
    pub order: Vec<OrderColumn>,
    /// What comes back.
    pub shape: QueryShape,
    /// The columns that are read; all of them when empty.
    pub columns: Vec<String>,
    /// Reads deleted rows too.
    pub include_deleted: bool,
    /// Why no index serves it.
    pub unindexed: Option<String>,
    /// How often it runs, as the model expects it.
    pub frequency: Option<String>,
    /// The latency that the model aims at.
    pub latency: Option<String>,
}

/// A condition on one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Parameter {
    /// The column.
    pub column: String,
    /// What it is compared with.
    pub value: Value,
}

/// What a column is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Value {
    /// `= $n`
    #[default]
    Equal,
    /// `= ANY($n)`
    Any,
    /// Equal to a constant, as SQL.
    Constant(String),
    /// At least one of two bounds: `>= $n AND < $m`.
    Range,
}

/// One column of an ORDER BY.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct OrderColumn {
    /// The column.
    pub column: String,
    /// The direction.
    pub direction: Direction,
    /// Where NULLs sort.
    pub nulls: Option<Nulls>,
}

/// What a query gives back.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum QueryShape {
    /// Exactly one row.
    One,
    /// One row or none.
    Optional,
    /// At most this many rows.
    All(u32),
    /// A keyset page.
    #[default]
    Page,
    /// The number of rows.
    Count,
    /// Whether there is a row.
    Exists,
    /// Sets the named columns.
    Update(Vec<String>),
    /// Deletes, softly where the table is.
    Delete,
    /// Takes rows off a queue (`FOR UPDATE SKIP LOCKED`).
    Claim,
}
