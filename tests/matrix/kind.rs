//! The types that a column of the matrix has, and SQL over a column of each.

/// A type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Varchar(u32),
    Integer,
    BigInt,
    Numeric(u32, u32),
    Double,
    Timestamptz,
    Date,
    Uuid,
    Boolean,
    Jsonb,
    /// The enumeration `State`, however it is stored.
    State,
    Range,
    Array,
}

impl Kind {
    /// The type of the field.
    pub fn rust(self) -> &'static str {
        match self {
            Self::Text | Self::Varchar(_) => "String",
            Self::Integer => "i32",
            Self::BigInt => "i64",
            Self::Numeric(..) => "Decimal",
            Self::Double => "f64",
            Self::Timestamptz => "DateTime<Utc>",
            Self::Date => "NaiveDate",
            Self::Uuid => "Uuid",
            Self::Boolean => "bool",
            Self::Jsonb => "serde_json::Value",
            Self::State => "State",
            Self::Range => "PgRange<DateTime<Utc>>",
            Self::Array => "Vec<String>",
        }
    }

    /// What `#[column(…)]` says besides.
    pub fn argument(self) -> Option<String> {
        match self {
            Self::Varchar(length) => Some(format!("type = \"VARCHAR({length})\"")),
            Self::Numeric(precision, scale) => Some(format!("numeric({precision}, {scale})")),
            _ => None,
        }
    }

    /// A condition that every row of the tests satisfies, over a column.
    pub fn holds(self, column: &str) -> String {
        match self {
            Self::Text | Self::Varchar(_) => format!("{column} <> 'none'"),
            Self::Integer | Self::BigInt | Self::Numeric(..) | Self::Double => format!("{column} >= 0"),
            Self::Timestamptz => format!("{column} > '2000-01-01 00:00:00+00'"),
            Self::Date => format!("{column} > '2000-01-01'"),
            Self::Uuid => format!("{column} <> '99999999-0000-0000-0000-000000000000'"),
            Self::Boolean => format!("{column} OR NOT {column}"),
            Self::Jsonb => format!("{column} <> '[]'"),
            Self::State => format!("{column} <> 'open' OR number >= 0"),
            Self::Range => format!("NOT isempty({column})"),
            Self::Array => format!("cardinality({column}) >= 0"),
        }
    }

    /// An immutable expression, for an index.
    pub fn expression(self, column: &str, native: bool) -> String {
        match self {
            Self::Text | Self::Varchar(_) | Self::Range => format!("lower({column})"),
            Self::State if native => format!("({column} = 'open')"),
            Self::State => format!("upper({column})"),
            Self::Integer | Self::BigInt | Self::Numeric(..) | Self::Double => format!("abs({column})"),
            Self::Timestamptz => format!("({column} AT TIME ZONE 'UTC')"),
            Self::Date => format!("({column} + 1)"),
            Self::Uuid => format!("({column}::TEXT)"),
            Self::Boolean => format!("(NOT {column})"),
            Self::Jsonb => format!("({column} ->> 'row')"),
            Self::Array => format!("cardinality({column})"),
        }
    }

    /// A computed column over it: the type of its field, and the expression, which is never NULL.
    pub fn computed(self, column: &str, native: bool) -> (&'static str, String) {
        match self {
            Self::Text | Self::Varchar(_) => ("String", format!("coalesce(upper({column}), '')")),
            Self::State if !native => ("String", format!("coalesce(upper({column}), '')")),
            Self::State => ("bool", format!("coalesce({column} = 'open', false)")),
            Self::Integer => ("i64", format!("coalesce({column}::BIGINT * 2, 0)")),
            Self::BigInt => ("i64", format!("coalesce({column} * 2, 0)")),
            _ => ("bool", format!("coalesce({}, false)", self.holds(column))),
        }
    }

    /// A default.
    pub fn default(self) -> &'static str {
        match self {
            Self::Text | Self::Varchar(_) => "'unknown'",
            Self::Integer | Self::BigInt | Self::Numeric(..) | Self::Double => "0",
            Self::Timestamptz => "'2026-01-01 00:00:00+00'",
            Self::Date => "'2026-01-01'",
            Self::Uuid => "gen_random_uuid()",
            Self::Boolean => "false",
            Self::Jsonb | Self::Array => "'{}'",
            Self::State => "'open'",
            Self::Range => "'empty'",
        }
    }

    /// A default of a text that is to be read as one.
    pub fn text_default(self) -> &'static str {
        match self {
            Self::Integer | Self::BigInt | Self::Numeric(..) | Self::Double => "'0'",
            Self::Uuid => "'00000000-0000-0000-0000-000000000000'",
            other => other.default(),
        }
    }

    /// Whether each row of the tests has another value.
    pub fn is_distinct(self) -> bool {
        !matches!(self, Self::Boolean | Self::State)
    }
}
