//! PostgreSQL 15 and later.

use super::Dialect;

pub(super) static DIALECT: Dialect = Dialect {
    name: "PostgreSQL",
    type_name: |_| None,
    unique_constraints: true,
    transactional_ddl: true,
    lock_timeout: true,
};
