//! PostgreSQL 15 and later.

use super::{Dialect, ValuesGo};
use crate::schema::Method;

pub(super) static DIALECT: Dialect = Dialect {
    name: "PostgreSQL",
    type_name: |_| None,
    unique_constraints: true,
    transactional_ddl: true,
    lock_timeout: true,
    sequential_keys: true,
    instead_of_type: |_| None,
    methods: Method::ALL,
    index_parameters: true,
    index_collation: true,
    index_nulls: true,
    nulls_not_distinct: true,
    deferrable: true,
    exclusions: true,
    partitions: true,
    statement_triggers: true,
    using_index: true,
    invalid_indexes: true,
    alter_primary_key: false,
    drop_expression: Some("DROP EXPRESSION"),
    rename_triggers: true,
    changes_online: false,
    anonymous_loops: true,
    row_images: true,
    always_triggers: true,
    row_security: true,
    settings: true,
    new_row: "NEW",
    old_row: "OLD",
    writable_views: true,
    values_go: ValuesGo::Recreated,
    missing_functions: &[],
};
