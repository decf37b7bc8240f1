//! The table's objects that are neither columns, constraints nor indexes.

use super::words::words;

/// How a table is partitioned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Partitioning {
    /// By range, list or hash.
    pub strategy: PartitionStrategy,
    /// The partition key: columns, or expressions in parentheses.
    pub key: Vec<String>,
    /// The partitions that the migrations create.
    pub partitions: Vec<Partition>,
}

/// How a row finds its partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PartitionStrategy {
    /// `PARTITION BY RANGE`
    #[default]
    Range,
    /// `PARTITION BY LIST`
    List,
    /// `PARTITION BY HASH`
    Hash,
}

words!(PartitionStrategy { Range => "RANGE", List => "LIST", Hash => "HASH" });

/// One partition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Partition {
    /// The partition's name.
    pub name: String,
    /// Its bound, as SQL: `FROM ('2026-01-01') TO ('2026-02-01')`, `IN ('eu')`, `DEFAULT`.
    pub bound: String,
}

/// A trigger, with the body of its function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Trigger {
    /// The trigger's name.
    pub name: String,
    /// Before, after, or instead of the event.
    pub timing: TriggerTiming,
    /// The events that fire it.
    pub events: Vec<TriggerEvent>,
    /// Whether it fires for each row, and not once for the statement.
    pub for_each_row: bool,
    /// The WHEN condition, as SQL.
    pub condition: Option<String>,
    /// The function that it calls.
    pub function: String,
    /// The body of that function, where the model owns it.
    pub body: Option<String>,
}

/// When a trigger fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum TriggerTiming {
    /// `BEFORE`
    #[default]
    Before,
    /// `AFTER`
    After,
    /// `INSTEAD OF`
    InsteadOf,
}

words!(TriggerTiming { Before => "BEFORE", After => "AFTER", InsteadOf => "INSTEAD OF" });

/// What fires a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum TriggerEvent {
    /// `INSERT`
    Insert,
    /// `UPDATE`, or `UPDATE OF` the named columns.
    Update(Vec<String>),
    /// `DELETE`
    Delete,
    /// `TRUNCATE`
    Truncate,
}

/// A row-level-security policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Policy {
    /// The policy's name.
    pub name: String,
    /// The command that it governs.
    pub command: PolicyCommand,
    /// Whether it permits (`PERMISSIVE`) rather than restricts (`RESTRICTIVE`).
    pub permissive: bool,
    /// The roles that it applies to; PUBLIC when empty.
    pub roles: Vec<String>,
    /// The USING condition, as SQL.
    pub using: Option<String>,
    /// The WITH CHECK condition, as SQL.
    pub with_check: Option<String>,
}

/// The command that a policy governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PolicyCommand {
    /// `ALL`
    #[default]
    All,
    /// `SELECT`
    Select,
    /// `INSERT`
    Insert,
    /// `UPDATE`
    Update,
    /// `DELETE`
    Delete,
}

words!(PolicyCommand { All => "ALL", Select => "SELECT", Insert => "INSERT", Update => "UPDATE", Delete => "DELETE" });
