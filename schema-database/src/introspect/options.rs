//! The options that SQL can set, among those that the catalog keeps as lists of text.
//!
//! A server may keep notes of its own in such a list: PostgreSQL 15.20 writes a `pg_attver` next to the options of every column,
//! a different one in each table. `pg_dump` does not write such a note, and no statement sets it, so it makes no two databases
//! different. What counts is listed here, and for what models can state in [`storage`], from the table that the server itself checks a statement against:
//! <https://github.com/postgres/postgres/blob/master/src/backend/access/common/reloptions.c>. The lists hold what any version since
//! 13 takes.
//!
//! No list is needed for text that the server puts together itself, such as `pg_get_indexdef`: that is what `pg_dump` writes.

use tablewright_core::attribute::storage;
use tablewright_core::schema::Method;

/// What the options belong to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    /// A column of a table.
    Column,
    /// A table, one of its partitions or a materialized view.
    Table,
    /// Its TOAST table, which holds its long values. A statement writes `toast.` before the name.
    Toast,
    /// A view.
    View,
    /// An index.
    Index(Method),
    /// A column of an index, whose operator class is one of the server's own.
    OperatorClass,
    /// The same, where an extension brought the operator class. Only the extension knows the options.
    ForeignOperatorClass,
}

/// `ALTER TABLE … ALTER COLUMN … SET (…)`.
const COLUMN: &[&str] = &["n_distinct", "n_distinct_inherited"];

/// Of TOAST tables, which hold long values.
const STORAGE: &[&str] = &[
    "autovacuum_enabled",
    "autovacuum_freeze_max_age",
    "autovacuum_freeze_min_age",
    "autovacuum_freeze_table_age",
    "autovacuum_multixact_freeze_max_age",
    "autovacuum_multixact_freeze_min_age",
    "autovacuum_multixact_freeze_table_age",
    "autovacuum_vacuum_cost_delay",
    "autovacuum_vacuum_cost_limit",
    "autovacuum_vacuum_insert_scale_factor",
    "autovacuum_vacuum_insert_threshold",
    "autovacuum_vacuum_max_threshold",
    "autovacuum_vacuum_scale_factor",
    "autovacuum_vacuum_threshold",
    "log_autovacuum_min_duration",
    "vacuum_index_cleanup",
    "vacuum_max_eager_freeze_failure_rate",
    "vacuum_truncate",
];

/// Only of tables, and nothing that a model may state.
const TABLE: &[&str] = &["autovacuum_parallel_workers", "log_autoanalyze_min_duration", "user_catalog_table"];

/// `CREATE VIEW … WITH (…)`.
const VIEW: &[&str] = &["check_option", "security_barrier", "security_invoker"];

/// Of B-trees before 14, which a model cannot state either.
const BTREE: &[&str] = &["vacuum_cleanup_index_scale_factor"];

/// Of the server's own operator classes: `tsvector_ops`, and the two families of BRIN that keep more than a range.
const OPERATOR_CLASS: &[&str] = &["false_positive_rate", "n_distinct_per_range", "siglen", "values_per_range"];

/// What the names of the server's own things begin with.
const RESERVED: &str = "pg_";

impl Of {
    /// Whether a statement can set an option of this name.
    fn takes(self, name: &str) -> bool {
        match self {
            Self::Column => COLUMN.contains(&name),
            Self::Table => storage::Of::Table.has(name) || TABLE.contains(&name),
            Self::Toast => STORAGE.contains(&name),
            Self::View => VIEW.contains(&name),
            Self::Index(method) => {
                storage::Of::Index(method).has(name) || method == Method::Btree && BTREE.contains(&name)
            }
            Self::OperatorClass => OPERATOR_CLASS.contains(&name),
            Self::ForeignOperatorClass => !name.starts_with(RESERVED),
        }
    }

    fn prefix(self) -> &'static str {
        if matches!(self, Self::Toast) { "toast." } else { "" }
    }
}

/// The options of a list that a statement can have set: names, as a statement writes them, and values.
pub(super) fn settable(of: Of, list: Option<Vec<String>>) -> Vec<(String, String)> {
    let pair = |text: String| {
        let (name, value) = text.split_once('=')?;
        of.takes(name).then(|| (format!("{}{name}", of.prefix()), value.to_owned()))
    };
    list.into_iter().flatten().filter_map(pair).collect()
}

/// Options as a statement has them between parentheses; `None` if there are none.
pub(super) fn listed(options: &[(String, String)]) -> Option<String> {
    let all: Vec<String> = options.iter().map(|(name, value)| format!("{name}={value}")).collect();
    (!all.is_empty()).then(|| all.join(", "))
}
