//! Declared queries.

use super::{Nulls, SortDirection};

/// A query declared on the table that it reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Query {
    /// The name: the helper's, the constant's and the cursor's.
    pub name: String,
    /// The conditions on columns, in declaration order; the tenant's comes first.
    pub parameters: Vec<Parameter>,
    /// A further condition, as SQL.
    pub predicate: Option<String>,
    /// The order of the rows, as declared: a page's tie-breaker is not in it.
    pub order: Vec<OrderColumn>,
    /// What comes back.
    pub shape: QueryShape,
    /// The columns that are read; all of them when empty.
    pub columns: Vec<String>,
    /// How many rows an update or delete changes in one statement, where it runs in batches.
    pub batch: Option<Limit>,
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
    /// `= ANY ($n)`
    Any {
        /// What the helper calls the list.
        name: String,
    },
    /// `=` a constant.
    Constant(Constant),
    /// A bound of a range: `>= $n`.
    Bound {
        /// The comparison.
        comparison: Comparison,
        /// What the helper calls the bound.
        name: String,
    },
}

/// A value that is in the statement itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Constant {
    /// The value, as SQL.
    pub sql: String,
    /// The variant of the column's enumeration that the model names; the compiler checks it against the SQL.
    pub variant: Option<String>,
}

/// How a bound compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Comparison {
    /// `>`
    Above,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `<=`
    AtMost,
}

impl Comparison {
    /// The operator, in SQL and in the attribute.
    #[must_use]
    pub fn operator(self) -> &'static str {
        match self {
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::AtMost => "<=",
        }
    }
}

/// One column of an ORDER BY.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct OrderColumn {
    /// The column.
    pub column: String,
    /// The direction.
    pub direction: SortDirection,
    /// Where NULLs sort, where the model says.
    pub nulls: Option<Nulls>,
}

impl OrderColumn {
    /// Where NULLs sort: last ascending, first descending, unless the model says otherwise.
    #[must_use]
    pub fn nulls(&self) -> Nulls {
        self.nulls.unwrap_or(self.direction.nulls())
    }

    /// The same order, read backwards.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self {
            column: self.column.clone(),
            direction: self.direction.reversed(),
            nulls: self.nulls.map(Nulls::reversed),
        }
    }
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
    All(Limit),
    /// A keyset page.
    #[default]
    Page,
    /// The number of rows.
    Count,
    /// Whether there is a row.
    Exists,
    /// Sets the named columns.
    Update(Vec<Assignment>),
    /// Deletes, softly where the table is.
    Delete,
    /// Takes rows off a queue (`FOR UPDATE SKIP LOCKED`).
    Claim(Limit),
}

impl QueryShape {
    /// The word of the attribute.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Optional => "optional",
            Self::All(_) => "all",
            Self::Page => "page",
            Self::Count => "count",
            Self::Exists => "exists",
            Self::Update(_) => "update",
            Self::Delete => "delete",
            Self::Claim(_) => "claim",
        }
    }

    /// Whether rows come back.
    #[must_use]
    pub fn gives_rows(&self) -> bool {
        matches!(self, Self::One | Self::Optional | Self::All(_) | Self::Page | Self::Claim(_))
    }
}

/// How many rows at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Limit {
    /// A number in the statement.
    Rows(u32),
    /// A parameter.
    Given,
}

/// A column that a query sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Assignment {
    /// The column.
    pub column: String,
    /// What it is set to; a parameter where absent.
    pub value: Option<Constant>,
}
