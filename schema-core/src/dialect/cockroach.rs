//! CockroachDB 25.2 and later.

use super::Dialect;
use crate::schema::SqlType;

/// `INTEGER` is 64 bits there, so the width is spelled: <https://www.cockroachlabs.com/docs/stable/int>.
fn type_name(sql_type: &SqlType) -> Option<&'static str> {
    Some(match sql_type {
        SqlType::SmallInt => "INT2",
        SqlType::Integer => "INT4",
        SqlType::BigInt => "INT8",
        _ => return None,
    })
}

pub(super) static DIALECT: Dialect = Dialect {
    name: "CockroachDB",
    type_name,
    unique_constraints: false,
    transactional_ddl: false,
    lock_timeout: false,
};
