//! The locks that a file takes: a mode and a table each. They become words where the header is written, and nowhere else.

use std::fmt;
use std::str::FromStr;

/// How a lock says that it is one on the partitions too.
pub(crate) const WITH_PARTITIONS: &str = " and its partitions";

/// A mode of PostgreSQL's table locks, the weakest first:
/// <https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockMode {
    /// Reading.
    AccessShare,
    /// `FOR UPDATE` and its kind.
    RowShare,
    /// Writing.
    RowExclusive,
    /// Other changes of the schema and vacuum wait.
    ShareUpdateExclusive,
    /// Writers wait.
    Share,
    /// Writers wait, and others that build a trigger or a key.
    ShareRowExclusive,
    /// Writers wait, and `FOR UPDATE`.
    Exclusive,
    /// Everyone waits.
    AccessExclusive,
}

impl LockMode {
    /// All of them, the weakest first.
    pub const ALL: [Self; 8] = [
        Self::AccessShare,
        Self::RowShare,
        Self::RowExclusive,
        Self::ShareUpdateExclusive,
        Self::Share,
        Self::ShareRowExclusive,
        Self::Exclusive,
        Self::AccessExclusive,
    ];

    /// As SQL writes it: `ACCESS EXCLUSIVE`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::AccessShare => "ACCESS SHARE",
            Self::RowShare => "ROW SHARE",
            Self::RowExclusive => "ROW EXCLUSIVE",
            Self::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            Self::Share => "SHARE",
            Self::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            Self::Exclusive => "EXCLUSIVE",
            Self::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }

    /// Whether its name says that no two have it at once, or that a writer has it.
    fn is_exclusive(self) -> bool {
        !matches!(self, Self::AccessShare | Self::RowShare | Self::Share)
    }
}

impl fmt::Display for LockMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A text that names no mode of a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotALockMode;

impl fmt::Display for NotALockMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a lock mode of PostgreSQL")
    }
}

impl std::error::Error for NotALockMode {}

impl FromStr for LockMode {
    type Err = NotALockMode;

    fn from_str(text: &str) -> Result<Self, NotALockMode> {
        Self::ALL.into_iter().find(|mode| mode.word() == text).ok_or(NotALockMode)
    }
}

/// A lock on a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableLock {
    /// Whom it keeps from what.
    pub mode: LockMode,
    /// The table.
    pub table: Locked,
}

impl TableLock {
    pub(super) fn new(mode: LockMode, table: impl Into<String>) -> Self {
        Self { mode, table: Locked::Table(table.into()) }
    }

    /// The table's name, where one table is locked.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        match &self.table {
            Locked::Table(name) | Locked::WithPartitions(name) | Locked::Partition(name) => Some(name),
            Locked::Index(_) | Locked::Referenced | Locked::EachTable => None,
        }
    }
}

/// What is locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locked {
    /// A table.
    Table(String),
    /// A table and each of its partitions.
    WithPartitions(String),
    /// A partition of a table that is locked too.
    Partition(String),
    /// An index of that name.
    Index(String),
    /// The table that a foreign key references.
    Referenced,
    /// Each table of the schema.
    EachTable,
}

impl fmt::Display for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(name) | Self::Partition(name) => f.write_str(name),
            Self::WithPartitions(name) => write!(f, "{name}{WITH_PARTITIONS}"),
            Self::Index(name) => write!(f, "the index {name}"),
            Self::Referenced => f.write_str("the table it references"),
            Self::EachTable => f.write_str("each of the tables"),
        }
    }
}

/// What a header adds to a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Reads and writes go on.
    ReadAndWritten,
    /// The rows that one transaction fills are locked as well.
    RowsOfABatch,
    /// The locked tables are those that the new one references.
    Referenced,
    /// The lock is held while every row is written.
    WhileWritten,
    /// The lock is held while every row is read or written.
    WhileReadOrWritten,
    /// The lock is held while every row is read.
    WhileRead,
    /// The lock is held while every row is read, and rows can be read meanwhile.
    WhileReadByOthers,
    /// The lock is held while every row is read for the last number.
    WhileReadForTheLastNumber,
    /// The lock is held while the index is built.
    WhileBuilt,
    /// The lock is held while the index is built, and no other way leads there.
    WhileBuiltForWantOfAnother,
}

impl Remark {
    fn words(self) -> &'static str {
        match self {
            Self::ReadAndWritten => ", which lets rows be read and written",
            Self::RowsOfABatch => ", and the rows of one batch",
            Self::Referenced => ", which it references",
            Self::WhileWritten => ", while every row is written",
            Self::WhileReadOrWritten => ", while every row is read or written",
            Self::WhileRead => ", while every row is read",
            Self::WhileReadByOthers => " while every row is read: rows can be read, not written",
            Self::WhileReadForTheLastNumber => ", while every row is read for the last number",
            Self::WhileBuilt => ", while it builds the index",
            Self::WhileBuiltForWantOfAnother => ", while it builds the index: there is no other form",
        }
    }

    fn takes_long(self) -> bool {
        !matches!(self, Self::ReadAndWritten | Self::RowsOfABatch | Self::Referenced)
    }
}

/// Locks that a header names together.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Clause {
    /// Tables under locks that are taken for the same reason.
    Tables(Vec<TableLock>, Option<Remark>),
    /// The partitions of a table that another clause names.
    Partitions(Vec<TableLock>),
    /// Whatever the user's own statements take; the names of their files where others are next to them.
    OwnSql(Vec<String>),
    /// No lock that anyone waits for: every table is new.
    NewTables,
}

/// The locks of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locks(Vec<Clause>);

impl Locks {
    /// No lock that anyone waits for.
    pub(super) const NONE: Self = Self(Vec::new());

    /// Locks of one mode that a header names together.
    #[must_use]
    pub fn on<T: Into<String>>(mode: LockMode, tables: impl IntoIterator<Item = T>) -> Self {
        Self::of(tables.into_iter().map(|table| TableLock::new(mode, table)).collect())
    }

    /// Locks that a header names together.
    pub(super) fn of(locks: Vec<TableLock>) -> Self {
        if locks.is_empty() { Self::NONE } else { Self(vec![Clause::Tables(locks, None)]) }
    }

    /// Those of the user's own statements.
    pub(super) fn own_sql(names: Vec<String>) -> Self {
        Self(vec![Clause::OwnSql(names)])
    }

    /// Those of a file that makes every table.
    pub(super) fn new_tables() -> Self {
        Self(vec![Clause::NewTables])
    }

    /// The same, with a remark on the locks that were named last.
    pub(super) fn remark(mut self, remark: Remark) -> Self {
        if let Some(Clause::Tables(_, said)) = self.0.last_mut() {
            *said = Some(remark);
        }
        self
    }

    /// These, and others.
    pub(super) fn and(mut self, other: impl Into<Self>) -> Self {
        self.0.extend(other.into().0);
        self
    }

    /// The same, with the partitions of a table where it is locked.
    pub(super) fn with_partitions(self, table: &str, partitions: impl IntoIterator<Item = String>) -> Self {
        let named = self.tables().any(|lock| lock.table() == Some(table));
        let Some(mode) = self.tables().map(|lock| lock.mode).filter(|mode| named && mode.is_exclusive()).max() else {
            return self;
        };
        let partition = |name| TableLock { mode, table: Locked::Partition(name) };
        self.and(Self(vec![Clause::Partitions(partitions.into_iter().map(partition).collect())]))
    }

    /// Each of them, in the order of the header.
    pub fn tables(&self) -> impl Iterator<Item = &TableLock> {
        self.0.iter().flat_map(|clause| match clause {
            Clause::Tables(locks, _) | Clause::Partitions(locks) => locks.as_slice(),
            Clause::OwnSql(_) | Clause::NewTables => &[],
        })
    }

    /// Whether a lock of that mode on that table is among them.
    #[must_use]
    pub fn has(&self, mode: LockMode, table: &str) -> bool {
        self.tables()
            .any(|lock| lock.mode == mode && (lock.table() == Some(table) || matches!(lock.table, Locked::EachTable)))
    }

    /// Whether the user's own statements take others, which no one knows.
    #[must_use]
    pub fn has_own_sql(&self) -> bool {
        self.0.iter().any(|clause| matches!(clause, Clause::OwnSql(_)))
    }

    /// Whether partitions are locked with their table.
    #[must_use]
    pub fn has_partitions(&self) -> bool {
        self.tables().any(|lock| matches!(lock.table, Locked::WithPartitions(_) | Locked::Partition(_)))
    }

    /// Whether the header says that a lock is held while rows are read or written.
    #[must_use]
    pub fn takes_long(&self) -> bool {
        self.0.iter().any(|clause| matches!(clause, Clause::Tables(_, Some(remark)) if remark.takes_long()))
    }
}

impl From<&Self> for Locks {
    fn from(locks: &Self) -> Self {
        locks.clone()
    }
}

/// In the words of the header.
impl fmt::Display for Locks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("none that anyone waits for");
        }
        for (number, clause) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("; ")?;
            }
            match clause {
                Clause::Tables(locks, remark) => {
                    write_tables(f, locks)?;
                    f.write_str(remark.map_or("", Remark::words))?;
                }
                Clause::Partitions(locks) => {
                    let names: Vec<String> = locks.iter().map(|lock| lock.table.to_string()).collect();
                    write!(f, "and on the partitions {}", names.join(", "))?;
                }
                Clause::OwnSql(names) if names.is_empty() => f.write_str("those of its statements")?,
                Clause::OwnSql(names) => write!(f, "those of its statements of {}", names.join(" and "))?,
                Clause::NewTables => f.write_str("none that anyone waits for, since every table is new")?,
            }
        }
        Ok(())
    }
}

/// `SHARE on a and b, ACCESS EXCLUSIVE on c`
fn write_tables(f: &mut fmt::Formatter<'_>, locks: &[TableLock]) -> fmt::Result {
    let mut before: Option<LockMode> = None;
    for lock in locks {
        match before {
            Some(mode) if mode == lock.mode => write!(f, " and {}", lock.table)?,
            Some(_) => write!(f, ", {} on {}", lock.mode, lock.table)?,
            None => write!(f, "{} on {}", lock.mode, lock.table)?,
        }
        before = Some(lock.mode);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_read_back_and_the_weakest_is_first() {
        for mode in LockMode::ALL {
            assert_eq!(mode.to_string().parse(), Ok(mode));
        }
        assert!(LockMode::ALL.is_sorted());
        assert_eq!("EXCLUSIVE ACCESS".parse::<LockMode>(), Err(NotALockMode));
    }

    #[test]
    fn locks_are_words_in_a_header_alone() {
        assert_eq!(Locks::NONE.to_string(), "none that anyone waits for");
        let both = Locks::on(LockMode::AccessExclusive, ["a", "b"]);
        assert_eq!(both.to_string(), "ACCESS EXCLUSIVE on a and b");
        let more = both.remark(Remark::WhileWritten).and(Locks::on(LockMode::Share, ["c"]));
        assert_eq!(more.to_string(), "ACCESS EXCLUSIVE on a and b, while every row is written; SHARE on c");
        assert!(more.takes_long() && more.has(LockMode::Share, "c") && !more.has(LockMode::Share, "a"));
        let attach = vec![
            TableLock::new(LockMode::ShareUpdateExclusive, "events"),
            TableLock::new(LockMode::AccessExclusive, "events_1"),
        ];
        let attach = Locks::of(attach).with_partitions("events", ["events_0".to_owned()]);
        assert_eq!(
            attach.to_string(),
            "SHARE UPDATE EXCLUSIVE on events, ACCESS EXCLUSIVE on events_1; and on the partitions events_0"
        );
        assert!(attach.has_partitions() && !attach.takes_long());
    }

    #[test]
    fn a_partition_is_locked_where_its_table_is() {
        let partitions = || ["events_0".to_owned()];
        let other = Locks::on(LockMode::AccessExclusive, ["a table called events"]);
        assert_eq!(other.clone().with_partitions("events", partitions()), other);
        let read = Locks::on(LockMode::AccessShare, ["events"]);
        assert_eq!(read.clone().with_partitions("events", partitions()), read);
    }
}
