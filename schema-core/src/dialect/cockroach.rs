//! CockroachDB 25.2 and later.

use super::{Dialect, ValuesGo};
use crate::schema::{Method, SqlType};

/// `INTEGER` is 64 bits there, so the width is spelled: <https://www.cockroachlabs.com/docs/stable/int>.
fn type_name(sql_type: &SqlType) -> Option<&'static str> {
    Some(match sql_type {
        SqlType::SmallInt => "INT2",
        SqlType::Integer => "INT4",
        SqlType::BigInt => "INT8",
        _ => return None,
    })
}

/// The types that it does not have: <https://www.cockroachlabs.com/docs/stable/postgresql-compatibility>.
fn instead_of_type(sql_type: &SqlType) -> Option<&'static str> {
    match sql_type {
        SqlType::Range(_) => Some("two columns, `starts_at` and `ends_at`, with a check between them"),
        SqlType::Array(element) => instead_of_type(element),
        SqlType::Other(name) => {
            let name = name.to_lowercase();
            Some(match name.split('(').next().unwrap_or_default().trim() {
                "cidr" => "INET, which takes networks too",
                "macaddr" | "macaddr8" => "TEXT with a check",
                "money" => "NUMERIC(19, 4)",
                "xml" => "TEXT",
                "hstore" => "JSONB",
                "point" | "line" | "lseg" | "box" | "path" | "polygon" | "circle" => "GEOMETRY",
                name if name.ends_with("multirange") => "a table with a row for each range",
                name if name.ends_with("range") => "two columns, the bounds",
                _ => return None,
            })
        }
        _ => None,
    }
}

const NO_RANGES: &str = "two columns for the bounds, compared";
const NO_XML: &str = "a document in JSONB";

/// What belongs to types that it does not have.
const MISSING_FUNCTIONS: &[(&str, &str)] = &[
    ("daterange", NO_RANGES),
    ("int4range", NO_RANGES),
    ("int8range", NO_RANGES),
    ("isempty", NO_RANGES),
    ("lower_inc", NO_RANGES),
    ("lower_inf", NO_RANGES),
    ("numrange", NO_RANGES),
    ("range_merge", NO_RANGES),
    ("tsrange", NO_RANGES),
    ("tstzrange", NO_RANGES),
    ("upper_inc", NO_RANGES),
    ("upper_inf", NO_RANGES),
    ("xml_is_well_formed", NO_XML),
    ("xmlcomment", NO_XML),
    ("xmlexists", NO_XML),
    ("xpath", NO_XML),
    ("xpath_exists", NO_XML),
];

const COCKROACH: Dialect = Dialect {
    name: "CockroachDB",
    type_name,
    unique_constraints: false,
    transactional_ddl: false,
    lock_timeout: false,
    sequential_keys: false,
    instead_of_type,
    methods: &[Method::Btree, Method::Gin, Method::Gist, Method::Hnsw],
    index_parameters: false,
    index_collation: false,
    index_nulls: false,
    nulls_not_distinct: false,
    deferrable: false,
    set_null_columns: false,
    exclusions: false,
    partitions: false,
    statement_triggers: false,
    // https://www.cockroachlabs.com/docs/stable/alter-table: neither UNIQUE nor PRIMARY KEY takes USING INDEX.
    using_index: false,
    // https://www.cockroachlabs.com/docs/stable/alter-table#alter-primary-key
    alter_primary_key: true,
    // A schema change that fails is rolled back: https://www.cockroachlabs.com/docs/stable/online-schema-changes.
    invalid_indexes: false,
    // https://www.cockroachlabs.com/docs/stable/computed-columns
    drop_expression: Some("DROP STORED"),
    // https://www.cockroachlabs.com/docs/stable/triggers: there is no ALTER TRIGGER.
    rename_triggers: false,
    changes_online: true,
    anonymous_loops: false,
    row_images: false,
    always_triggers: false,
    // `row_security` comes with 26.1, `row_security_active` does not exist.
    row_security: false,
    settings: false,
    new_row: "(NEW)",
    old_row: "(OLD)",
    writable_views: false,
    values_go: ValuesGo::Dropped,
    missing_functions: MISSING_FUNCTIONS,
};

pub(super) static DIALECT: Dialect = COCKROACH;

/// What `PostgreSQL` can do as well, in forms that block no one there: a file that runs on both holds one statement, and what
/// is online on the one by itself is done step by step, as the other needs it.
pub(super) static AND_POSTGRES: Dialect = Dialect {
    alter_primary_key: false,
    drop_expression: None,
    changes_online: false,
    values_go: ValuesGo::Never,
    ..COCKROACH
};
