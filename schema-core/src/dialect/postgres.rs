//! PostgreSQL 15 and later.

use super::Dialect;
use crate::schema::Method;

pub(super) static DIALECT: Dialect = Dialect {
    name: "PostgreSQL",
    type_name: |_| None,
    unique_constraints: true,
    transactional_ddl: true,
    lock_timeout: true,
    sequential_keys: true,
    instead_of_type: |_| None,
    methods: &Method::ALL,
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
    drop_expression: "DROP EXPRESSION",
    rename_triggers: true,
    rewrites_for_generated: true,
    anonymous_loops: true,
    new_row: "NEW",
    old_row: "OLD",
    writable_views: true,
    enumerations_anew: true,
    missing_functions: &[],
};
