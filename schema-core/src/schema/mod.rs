//! The schema as plain data: what a set of models states, what `schema.lock` holds, what a database is compared with.
//!
//! Nothing here knows Rust tokens or builds SQL. Every collection is ordered, so the same schema always serialises to
//! the same bytes.

mod column;
mod confidential;
mod constraint;
mod custom;
mod english;
mod enumeration;
mod extensions;
mod identity;
mod index;
mod name;
mod object;
mod predicate;
mod query;
mod recorded;
mod sql_type;
mod table;
mod tenant;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use column::{Column, Generated};
pub use confidential::names_secret;
pub use constraint::{Check, Exclusion, ExclusionElement, ForeignKey, PrimaryKey, ReferentialAction, Unique};
pub use custom::Custom;
pub use enumeration::{EnumValue, Enumeration, Storage};
pub use extensions::extensions;
pub use identity::{Object, Part};
pub use index::{Index, KeyColumn, KeyTarget, Method, Nulls, SortDirection};
#[cfg(feature = "lock")]
pub(crate) use name::name_hash;
pub(crate) use name::stable_hash;
pub use name::{
    MAX_IDENTIFIER_BYTES, derived_name, enumeration_check_name, identifier_problem, plural, singular, table_name,
};
pub use object::{
    Partition, PartitionStrategy, Partitioning, Policy, PolicyCommand, Trigger, TriggerEvent, TriggerTiming,
};
pub use predicate::Predicate;
pub use query::{Assignment, Comparison, Constant, Limit, OrderColumn, Parameter, Query, QueryShape, Value};
pub use recorded::{recorded, recorded_table, recorded_with_hints};
pub use sql_type::{RangeKind, SqlType};
pub use table::{Expectation, SoftDelete, Table, TableKind, Waiver};
pub use tenant::add_tenant_keys;
pub use words::UnknownWord;

/// Everything that one service's models state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Schema {
    /// The service that owns these tables, as `schema.toml` names it.
    pub service: Option<String>,
    /// The extensions that the columns and indexes need.
    pub extensions: BTreeSet<String>,
    /// The enumerations, by SQL name.
    pub enumerations: BTreeMap<String, Enumeration>,
    /// The tables, by name.
    pub tables: BTreeMap<String, Table>,
    /// SQL of the user's own, by name.
    pub customs: BTreeMap<String, Custom>,
}
