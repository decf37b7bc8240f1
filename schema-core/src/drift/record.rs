//! The schema from JSON, as serde reads it: a test compares the two.
//!
//! A field that is added to a struct does not compile here until it is read.

use std::collections::BTreeMap;

use super::json::Json;
use crate::schema::{
    Check, Column, EnumValue, Enumeration, Exclusion, ExclusionElement, ForeignKey, Generated, Index, KeyColumn,
    KeyTarget, Method, Nulls, Partition, PartitionStrategy, Partitioning, Policy, PolicyCommand, Predicate, PrimaryKey,
    ReferentialAction, SortDirection, SqlType, Storage, Table, TableKind, Trigger, TriggerEvent, TriggerTiming, Unique,
};

/// What can be read from JSON; `None` where it is something else.
pub(super) trait Record: Sized {
    fn read(json: &Json) -> Option<Self>;
}

impl Record for bool {
    fn read(json: &Json) -> Option<Self> {
        if let Json::Bool(value) = json { Some(*value) } else { None }
    }
}

impl Record for String {
    fn read(json: &Json) -> Option<Self> {
        if let Json::Text(text) = json { Some(text.clone()) } else { None }
    }
}

impl Record for Predicate {
    fn read(json: &Json) -> Option<Self> {
        String::read(json).map(Self::from)
    }
}

impl Record for SqlType {
    fn read(json: &Json) -> Option<Self> {
        String::read(json)?.parse().ok()
    }
}

impl<T: Record> Record for Option<T> {
    fn read(json: &Json) -> Option<Self> {
        if *json == Json::Null { Some(None) } else { T::read(json).map(Some) }
    }
}

impl<T: Record> Record for Vec<T> {
    fn read(json: &Json) -> Option<Self> {
        if let Json::List(items) = json { items.iter().map(T::read).collect() } else { None }
    }
}

impl<T: Record> Record for BTreeMap<String, T> {
    fn read(json: &Json) -> Option<Self> {
        let Json::Object(entries) = json else { return None };
        entries.iter().map(|(key, value)| Some((key.clone(), T::read(value)?))).collect()
    }
}

fn field<T: Record + Default>(entries: &[(String, Json)], name: &str) -> Option<T> {
    match entries.iter().find(|(key, _)| key == name) {
        Some((_, value)) => T::read(value),
        None => Some(T::default()),
    }
}

/// Structs: the fields that the lock holds, and those that it never does.
macro_rules! records {
    ($($type:ident { $($field:ident),* $(; $($never:ident),*)? })*) => {$(
        impl Record for $type {
            fn read(json: &Json) -> Option<Self> {
                let Json::Object(entries) = json else { return None };
                Some(Self {
                    $($field: field(entries, stringify!($field))?,)*
                    $($($never: Default::default(),)*)?
                })
            }
        }
    )*};
}

/// Enums of plain words.
macro_rules! words {
    ($($type:ident { $($word:literal => $variant:ident),* })*) => {$(
        impl Record for $type {
            fn read(json: &Json) -> Option<Self> {
                // What is added to the enum does not compile here until it has a word.
                const _: fn($type) = |value| match value { $($type::$variant => {})* };
                let Json::Text(word) = json else { return None };
                match word.as_str() { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    )*};
}

records! {
    Table {
        name, comment, renamed_from, columns, primary_key, foreign_keys, uniques, checks, exclusions, indexes, partitioning,
        storage, unlogged, triggers, policies; kind, queries, soft_delete, tenant, expectation, waivers
    }
    Column {
        name, sql_type, nullable, default, generated, collation, comment, enumeration, renamed_from;
        pii, small, typed_json, backfill, external, reason
    }
    PrimaryKey { name, columns }
    ForeignKey { name, columns, table, target_columns, on_delete, set_null, on_update, deferrable; model, cycle }
    Unique { name, columns, predicate, nulls_not_distinct; generated }
    Check { name, expression }
    Exclusion { name, method, elements, predicate }
    ExclusionElement { expression, operator }
    Index { name, method, key, include, predicate, unique, nulls_not_distinct, with; generated }
    KeyColumn { target, direction, nulls, operator_class, collation }
    Partitioning { strategy, key, partitions }
    Partition { name, bound }
    Trigger { name, timing, events, for_each_row, condition, function, body }
    Policy { name, command, permissive, roles, using, with_check }
    Enumeration { name, storage, values, comment }
    EnumValue { value, comment, renamed_from }
}

words! {
    TableKind { "standard" => Standard, "junction" => Junction, "append_only" => AppendOnly }
    Storage { "text" => Text, "native" => Native }
    SortDirection { "ascending" => Ascending, "descending" => Descending }
    Nulls { "first" => First, "last" => Last }
    Method {
        "btree" => Btree, "gin" => Gin, "gist" => Gist, "spgist" => Spgist, "brin" => Brin, "hash" => Hash, "hnsw" => Hnsw,
        "ivfflat" => Ivfflat
    }
    ReferentialAction {
        "no_action" => NoAction, "restrict" => Restrict, "cascade" => Cascade, "set_null" => SetNull,
        "set_default" => SetDefault
    }
    PartitionStrategy { "range" => Range, "list" => List, "hash" => Hash }
    TriggerTiming { "before" => Before, "after" => After, "instead_of" => InsteadOf }
    PolicyCommand { "all" => All, "select" => Select, "insert" => Insert, "update" => Update, "delete" => Delete }
}

/// The one entry of an enum's variant that holds something.
fn variant(json: &Json) -> Option<(&str, &Json)> {
    match json {
        Json::Object(entries) => entries.first().map(|(key, value)| (key.as_str(), value)),
        Json::Text(word) => Some((word, &Json::Null)),
        _ => None,
    }
}

impl Record for KeyTarget {
    fn read(json: &Json) -> Option<Self> {
        match variant(json)? {
            ("column", name) => String::read(name).map(Self::Column),
            ("expression", sql) => String::read(sql).map(Self::Expression),
            _ => None,
        }
    }
}

impl Record for Generated {
    fn read(json: &Json) -> Option<Self> {
        match variant(json)? {
            ("stored", sql) => String::read(sql).map(Self::Stored),
            ("identity_always", _) => Some(Self::IdentityAlways),
            ("identity_by_default", _) => Some(Self::IdentityByDefault),
            _ => None,
        }
    }
}

impl Record for TriggerEvent {
    fn read(json: &Json) -> Option<Self> {
        match variant(json)? {
            ("insert", _) => Some(Self::Insert),
            ("update", columns) => Vec::read(columns).map(Self::Update),
            ("delete", _) => Some(Self::Delete),
            ("truncate", _) => Some(Self::Truncate),
            _ => None,
        }
    }
}
