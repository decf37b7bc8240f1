//! The statements that create, change and drop each kind of object, as a person would write them.
//!
//! Each function gives one statement that ends with `;`, or a list of them. None asks whether it is safe on a live table:
//! that is the planner's to know.

mod column;
mod comment;
mod constraint;
mod enumeration;
mod extension;
mod guard;
mod index;
mod look;
mod new_table;
mod partition;
mod policy;
mod session;
mod table;
#[cfg(test)]
mod tests;
mod trigger;

pub use column::{
    add_column, add_identity, column_definition, drop_column, drop_default, drop_expression, drop_identity,
    drop_not_null, rename_column, set_default, set_identity, set_not_null, set_type, type_name, type_text,
};
pub use comment::{comment_on_column, comment_on_table, comments};
pub use constraint::{
    add_constraint, add_foreign_keys, add_not_valid, add_primary_key_using_index, add_unique_using_index,
    alter_primary_key, check_body, drop_constraint, drop_constraint_if_exists, drop_cycle_foreign_keys, exclusion_body,
    foreign_key_body, is_constraint, primary_key_body, rename_constraint, unique_body, validate_constraint,
};
pub use enumeration::{
    Neighbour, add_value, create_enumeration, drop_enumeration, enumeration_check_expression, enumeration_check_name,
    rename_enumeration, rename_value, value_list,
};
pub use extension::{create_extension, drop_extension};
pub use guard::{
    BYPASSES_ROW_SECURITY, if_index, lock_exclusively, raise_if, raise_where, raise_where_rows, raise_where_unfit,
    row_security_active, unless_constraint, wait_for_writers,
};
pub use index::{
    assert_index_is_valid, create_index, create_index_concurrently, create_indexes, drop_index,
    drop_index_concurrently, drop_index_if_exists, indexes, raise_if_invalid, rename_index, unique_index,
};
pub use look::{LOOK, LOOKED, look};
pub use new_table::NewTable;
pub use partition::{
    attach_partition, create_partition, create_partition_detached, create_partitions, detach_partition,
    detach_partition_concurrently, drop_detached_check, drop_partition, partition_by,
};
pub use policy::{
    alter_policy, close_partition, create_policies, create_policy, disable_row_security, drop_policy,
    enable_row_security, force_row_security, lift_row_security, rename_policy, scope_by_tenant,
};
pub use session::Setting;
pub use table::{create_table, drop_table, rename_table, set_logged, set_storage};
pub use trigger::{
    FILLS, SET_UPDATED_AT, always_fires, create_function, create_pinned_function, create_trigger, create_triggers,
    drop_function, drop_trigger, functions, read_again, rename_trigger, replace_function, replace_pinned_function,
    says_that_it_fills,
};

use super::ident::{literal, quote};
use super::statement::Statement;

/// `ALTER TABLE … …;`, the clause on a line of its own.
fn alter(table: &str, clause: &str) -> Statement {
    Statement::from(format!("ALTER TABLE {}\n    {clause};", quote(table)))
}
