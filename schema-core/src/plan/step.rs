//! The files of a plan: what each runs, locks, reads and loses.

use std::collections::BTreeSet;

use super::locks::Locks;
use super::{Look, Phase};
use crate::sql::Statement;

/// The files that lead from one schema to another, in the order in which they run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// One migration file each, in both directions.
    pub steps: Vec<Step>,
}

/// One migration file, in both directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Words for the file's name, in snake case: `index_orders_user_id`.
    pub name: String,
    /// When it may run.
    pub phase: Phase,
    /// Why it is a step of its own, or why it is done at all.
    pub why: String,
    /// What had to be acknowledged: `rewrites orders`.
    pub acknowledged: Vec<String>,
    /// How the new release starts when this file has run, and not before; nothing where another file decides it.
    pub start: Option<Start>,
    /// The way up.
    pub up: Script,
    /// The way down.
    pub down: Script,
}

/// How the new release starts, once a file has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Beside the old release.
    Beside,
    /// When the old release is gone, which it has to be before the contract.
    Alone,
}

impl Start {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Beside, Self::Alone];

    /// What the header says of it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Beside => "the new one may start after this file.",
            Self::Alone => "the new one starts after this file, when the old one is gone.",
        }
    }
}

impl Step {
    /// Whether the new release waits until the old one is gone, and starts with this file.
    #[must_use]
    pub fn starts_alone(&self) -> bool {
        self.start == Some(Start::Alone)
    }

    /// Whether it was acknowledged that programs wait for it, or that none runs.
    #[must_use]
    pub fn may_block(&self) -> bool {
        self.acknowledged.iter().any(|words| blocks(words))
    }
}

/// Whether these words acknowledge that programs wait, or that none runs.
#[must_use]
pub fn blocks(words: &str) -> bool {
    words.starts_with("rewrites ") || words.starts_with("blocks ") || words == OFFLINE_RENAME
}

/// The words that acknowledge that things get other names while no program runs.
pub const OFFLINE_RENAME: &str = "offline rename";

/// What one file runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// What it does, as the header says it: `adds the column orders.note`.
    pub what: String,
    /// The locks that it takes.
    pub locks: Locks,
    /// How long it takes: `an instant`.
    pub takes: String,
    /// What cannot be restored once it ran, and what to do then.
    pub loses: Option<String>,
    /// The tables of which it must see every row: what a policy hides from it would be lost silently.
    pub reads: Vec<String>,
    /// The tables whose policies begin or cease to apply to their owner.
    pub policies: Vec<(String, Policies)>,
    /// The tables in whose rows it changes values that were there.
    pub changes: Vec<String>,
    /// The tables that must have no rows: it refuses to run otherwise.
    pub refuses: Vec<String>,
    /// What it looks for before it locks anything.
    pub looks: Vec<Look>,
    /// The columns that have another type after it, each with its table: a statement that was prepared before and returns one
    /// fails once on its connection.
    pub retyped: Vec<(String, String)>,
    /// How the statements are run.
    pub run: Run,
    /// Whether it takes longer the more rows there are, so that no `statement_timeout` may end it.
    pub long: bool,
    /// The statements, each ends with `;`. A blank line separates two groups; where [`Run::Transactions`] says so,
    /// each group is a transaction.
    pub groups: Vec<Vec<Statement>>,
}

/// Whom the policies of a table apply to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policies {
    /// Everyone, the owner too.
    Forced,
    /// Everyone but the owner, until a later file forces them on the owner again.
    Lifted,
    /// No one: the table has none.
    Gone,
}

impl Policies {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Forced, Self::Lifted, Self::Gone];

    /// The words of the header, before the table's name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Forced => "forced on",
            Self::Lifted => "lifted for the owner of",
            Self::Gone => "gone from",
        }
    }
}

/// How the statements of a file are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// In one transaction, under the timeouts of the profile.
    Transaction,
    /// One statement that must not be in a transaction: the file begins with `-- no-transaction` and holds no other.
    Alone,
    /// Each group in a transaction of its own, under the timeouts: the file begins with `-- no-transaction`.
    Transactions,
    /// Each statement by itself, none in a transaction: the file begins with `-- no-transaction`. For databases that
    /// commit before each statement that changes the schema.
    Separate,
    /// Nothing is run in this direction.
    Nothing,
}

impl Script {
    fn new(
        what: impl Into<String>,
        locks: impl Into<Locks>,
        takes: &str,
        run: Run,
        groups: Vec<Vec<Statement>>,
    ) -> Self {
        Self {
            what: what.into(),
            locks: locks.into(),
            takes: takes.to_owned(),
            loses: None,
            reads: Vec::new(),
            policies: Vec::new(),
            changes: Vec::new(),
            refuses: Vec::new(),
            looks: Vec::new(),
            retyped: Vec::new(),
            run,
            long: false,
            groups,
        }
    }

    /// A change of the catalog alone, in one transaction.
    #[must_use]
    pub fn quick(what: impl Into<String>, locks: impl Into<Locks>, statements: Vec<Statement>) -> Self {
        Self::new(what, locks, "an instant, once it has the lock", Run::Transaction, vec![statements])
    }

    /// One transaction that reads every row.
    #[must_use]
    pub fn reading(what: impl Into<String>, locks: impl Into<Locks>, statements: Vec<Statement>) -> Self {
        Self {
            long: true,
            ..Self::new(what, locks, "as long as every row takes to be read", Run::Transaction, vec![statements])
        }
    }

    /// One transaction that writes every row.
    #[must_use]
    pub fn rewriting(what: impl Into<String>, locks: impl Into<Locks>, statements: Vec<Statement>) -> Self {
        Self {
            long: true,
            ..Self::new(what, locks, "as long as every row takes to be written", Run::Transaction, vec![statements])
        }
    }

    /// One statement that must not be in a transaction.
    #[must_use]
    pub fn alone(what: impl Into<String>, locks: impl Into<Locks>, takes: &str, statement: Statement) -> Self {
        Self { long: true, ..Self::new(what, locks, takes, Run::Alone, vec![vec![statement]]) }
    }

    /// Several transactions, one after the other.
    #[must_use]
    pub fn in_turn(what: impl Into<String>, locks: impl Into<Locks>, takes: &str, groups: Vec<Vec<Statement>>) -> Self {
        Self { long: true, ..Self::new(what, locks, takes, Run::Transactions, groups) }
    }

    /// Nothing is done.
    #[must_use]
    pub fn nothing(why: impl Into<String>) -> Self {
        Self::new(why, Locks::NONE, "no time", Run::Nothing, Vec::new())
    }

    /// The same, with what it loses.
    #[must_use]
    pub fn loses(mut self, what: impl Into<String>) -> Self {
        self.loses = Some(what.into());
        self
    }

    /// The same, of which it is known that it must see every row of a table.
    #[must_use]
    pub fn reads(mut self, table: impl Into<String>) -> Self {
        let table = table.into();
        if !self.reads.contains(&table) {
            self.reads.push(table);
        }
        self
    }

    /// The same, after which the policies of a table apply to other roles than before.
    #[must_use]
    pub fn policies(mut self, table: impl Into<String>, policies: Policies) -> Self {
        self.policies.push((table.into(), policies));
        self
    }

    /// The same, after which a column has another type.
    #[must_use]
    pub fn retypes(mut self, table: impl Into<String>, column: impl Into<String>) -> Self {
        self.retyped.push((table.into(), column.into()));
        self
    }

    /// Every statement, in order.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.groups.iter().flatten()
    }
}

/// What a person has said may happen although it loses rows, blocks the table or needs the program to be stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct Allowed {
    /// The columns and tables that may be dropped: `orders.legacy`, `old_orders`.
    pub drops: BTreeSet<String>,
    /// Renames are done at once, while no program runs.
    pub offline_rename: bool,
    /// Other hazards, in the words of the refusal: `rewrites orders`.
    pub acknowledged: BTreeSet<String>,
    /// Everything is acknowledged: for throw-away databases.
    pub everything: bool,
    /// The command by which it is said.
    #[cfg_attr(feature = "lock", serde(skip))]
    pub command: Command,
}

/// A command that plans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Command {
    /// `cargo schema migrate`
    #[default]
    Migrate,
    /// `cargo schema diff`
    Diff,
}

impl Command {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Migrate => "cargo schema migrate …",
            Self::Diff => "cargo schema diff …",
        }
    }
}

impl Allowed {
    /// What either allows.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self {
            drops: self.drops.union(&other.drops).cloned().collect(),
            offline_rename: self.offline_rename || other.offline_rename,
            acknowledged: self.acknowledged.union(&other.acknowledged).cloned().collect(),
            everything: self.everything || other.everything,
            command: self.command,
        }
    }
}
