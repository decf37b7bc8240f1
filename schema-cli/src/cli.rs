//! The arguments of the program, and the help of each.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::source::Source;

/// Rust structs as the database schema: check them, and write their migrations.
#[derive(Debug, Parser)]
#[command(name = "cargo schema", bin_name = "cargo schema", version, styles = STYLES)]
pub(crate) struct Arguments {
    /// Run as if started in this folder
    #[arg(short = 'C', long, global = true, value_name = "DIR")]
    pub(crate) directory: Option<PathBuf>,

    /// The package of the workspace; by default the one in the folder
    #[arg(short, long, global = true, value_name = "NAME")]
    pub(crate) package: Option<String>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the models against every rule, and the migrations against the models
    ///
    /// Exit code 0 when all is well, 1 when something is broken, 2 when the check could not run.
    Check {
        /// How violations are printed
        #[arg(long, value_enum, default_value_t)]
        format: Format,

        /// Accept sealed migrations only: a merged migration must never change
        #[arg(long)]
        ci: bool,
    },
    /// Fix what needs no decision: misspelt names, missing attributes
    ///
    /// Changes the attribute or name concerned and nothing else in the file. What needs a decision is printed.
    Fix {
        /// Show what would be done, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// List the rules that the models waive, with their reasons
    Waivers,
    /// Write the migration that brings the database to the models
    ///
    /// Writes `NNN_name.up.sql` and `NNN_name.down.sql` into the migrations folder, one pair for each step that needs its
    /// own file, and `schema.lock` next to `schema.toml`. Until it is sealed, the same command rewrites it from the models.
    Migrate(Migrate),
    /// Freeze the migration that is not sealed yet, with its files as they are
    Seal,
    /// List the migrations, and what the models have that no migration does yet
    ///
    /// With the URL of a database, also what it lacks, and what was started there but not finished.
    Status {
        /// The database; none by default
        #[arg(value_name = "URL")]
        url: Option<String>,
    },
    /// Apply the migrations that a database lacks
    ///
    /// Runs the files that sqlx's own runner would run, and records them in its table, `_sqlx_migrations`: both can take turns.
    /// A lock that is not available is retried, an index that was left INVALID is rebuilt, and what a killed runner left behind
    /// is finished. Exit code 0 when all is applied, 1 when files are not what schema.lock records,
    /// 2 when a migration could not run.
    Apply(Apply),
    /// Revert migrations: the last one, or all after a number
    Revert(Revert),
    /// Prove the migrations on a throw-away server: up, down and up again, compared with the models
    ///
    /// Each file is run, reverted and run again; the result is compared with the models; the server is asked for the plan of
    /// every statement; then everything is reverted, and applied again by sqlx's own runner. Exit code 0 when every check
    /// passes, 1 when one fails, 2 when they could not run.
    Verify(Verify),
    /// Compare a database with the models
    ///
    /// Exit code 0 when the database matches the models, 1 when it does not, 2 when it could not be compared.
    Drift(Drift),
    /// Show how two schemas differ, and write the migration from one to the other
    ///
    /// Exit code 0 when they are the same or files were written, 1 when they differ.
    Diff(Diff),
    /// Write models for the tables of a database, and the migration that creates them
    ///
    /// Writes `src/models.rs` and a file for each table. What breaks a rule is waived with a TODO; what models cannot express
    /// is listed at the top. The migration is sealed and marked as applied in the database.
    Import(Import),
    /// Check migration files against squawk's rules
    Lint {
        /// The files; by default the way up of every migration
        files: Vec<PathBuf>,

        /// How findings are printed
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// After a merge, a rebase or a cherry-pick: renumber one branch's migrations after the other's, and merge schema.lock
    ///
    /// Says whether the two branches commute, and names the field where they do not.
    Rebase {
        /// Whose migrations come last; by default decided from git
        #[arg(long, value_enum, value_name = "SIDE")]
        later: Option<Side>,
    },
    /// Merge all sealed migrations into one, for databases that are created from now on
    Squash {
        /// The name of the new migration, in snake case: `create_shop`
        name: String,
    },
    /// Explain a rule: what it is, why, and how to follow it
    Explain {
        /// The rule's id, as error messages show it in brackets
        rule: String,
    },
    /// List the rules
    Rules,
}

#[derive(Debug, Args)]
pub(crate) struct Apply {
    /// The database; DATABASE_URL by default
    #[arg(value_name = "URL")]
    pub(crate) url: Option<String>,

    /// Stop before the first file of this phase
    #[arg(long, value_enum, value_name = "PHASE")]
    pub(crate) until: Option<Until>,

    /// Show what would run, and run nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// How long to wait for locks, for another runner, and for a statement that does nothing: 90s, 10m, 1h
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = crate::commands::apply::duration)]
    pub(crate) wait: std::time::Duration,

    /// Run the files although a table that they change is not what the last migration left
    #[arg(long)]
    pub(crate) accept_drift: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// A server to create a database on, which is dropped at the end; by default a throw-away server
    #[arg(value_name = "URL")]
    pub(crate) url: Option<String>,

    /// How many sample rows each table gets; 0 tries neither rows nor the statements of the releases
    #[arg(long, value_name = "NUMBER", default_value_t = tablewright_database::verify::ROWS)]
    pub(crate) rows: usize,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Revert {
    /// The database; DATABASE_URL by default
    #[arg(value_name = "URL")]
    pub(crate) url: Option<String>,

    /// The last migration that stays, by its number; 0 reverts everything
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(i64).range(0..))]
    pub(crate) to: Option<i64>,

    /// Allow files whose headers say that they lose rows
    #[arg(long)]
    pub(crate) accept_loss: bool,

    /// Show what would be reverted, and run nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// How long to wait for locks, for another runner, and for a statement that does nothing: 90s, 10m, 1h
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = crate::commands::apply::duration)]
    pub(crate) wait: std::time::Duration,
}

/// The phase that a run stops before.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Until {
    /// Only files that add, none that fill or remove
    Backfill,
    /// Everything that may run while the old release is running
    Contract,
}

impl From<Until> for tablewright_core::plan::Phase {
    fn from(until: Until) -> Self {
        match until {
            Until::Backfill => Self::Backfill,
            Until::Contract => Self::Contract,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Drift {
    /// The database; DATABASE_URL by default
    #[arg(value_name = "URL")]
    pub(crate) url: Option<String>,

    /// The schema of the database; several in the order of the search path
    #[arg(long = "schema", value_name = "NAME")]
    pub(crate) schemas: Vec<String>,

    /// An empty database of the same version to ask for the spelling of expressions, if the first may only be read
    #[arg(long, value_name = "URL")]
    pub(crate) scratch: Option<String>,

    /// List every difference, not only the first twenty
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The database; DATABASE_URL by default
    #[arg(value_name = "URL")]
    pub(crate) url: Option<String>,

    /// The schema of the database; several in the order of the search path
    #[arg(long = "schema", value_name = "NAME")]
    pub(crate) schemas: Vec<String>,

    /// Do not mark the migration as applied: the database stays as it is
    #[arg(long)]
    pub(crate) no_mark: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The current schema: `models`, `lock`, or the URL of a database
    #[arg(long, value_name = "SOURCE")]
    pub(crate) from: Source,

    /// The target schema: `models`, `lock`, or the URL of a database
    #[arg(long, value_name = "SOURCE")]
    pub(crate) to: Source,

    /// The schema of the databases; several in the order of the search path
    #[arg(long = "schema", value_name = "NAME")]
    pub(crate) schemas: Vec<String>,

    /// Write the migration files into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) sql: Option<PathBuf>,

    /// The name of the files
    #[arg(long, value_name = "NAME", default_value = "change")]
    pub(crate) name: String,

    /// A table or column that may be dropped
    #[arg(long = "drop", value_name = "TABLE[.COLUMN]")]
    pub(crate) drops: Vec<String>,

    /// A hazard to accept, in the words of the refusal; `all` for a database whose rows are not needed
    #[arg(long, value_name = "WORDS")]
    pub(crate) acknowledge: Vec<String>,

    /// Rename at once, while no program runs
    #[arg(long)]
    pub(crate) offline_rename: bool,

    /// Plan what can be planned, even if the databases differ in more than that
    #[arg(long)]
    pub(crate) partial: bool,

    /// List every difference, not only the first twenty
    #[arg(long)]
    pub(crate) all: bool,
}

/// What `migrate` takes.
#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// What the migration does, in snake case: `create_shop`. If left out, the one that is not sealed keeps its name
    pub(crate) name: Option<String>,

    /// Drop this table or column, with its rows: `old_orders`, `orders.legacy`
    #[arg(long = "drop", value_name = "TABLE[.COLUMN]")]
    pub(crate) drops: Vec<String>,

    /// Rename at once: no release of the program may run meanwhile
    #[arg(long)]
    pub(crate) offline_rename: bool,

    /// Accept a hazard, in the words of its refusal: `"rewrites orders"`
    #[arg(long, value_name = "HAZARD")]
    pub(crate) acknowledge: Vec<String>,

    /// Write a pair of files without statements, for a migration by hand; the models describe its result
    #[arg(long)]
    pub(crate) empty: bool,

    /// Rewrite the migration that is not sealed, even if its files were edited
    #[arg(long)]
    pub(crate) discard_edits: bool,

    /// The date in the names of the files (`format = "dated"`); today by default
    #[arg(long, value_name = "YYYYMMDD")]
    pub(crate) date: Option<String>,
}

/// A side of a merge, as git names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    /// The branch that was checked out; the one that is rebased onto
    Ours,
    /// The branch that is merged in; the commit that is rebased
    Theirs,
}

/// How violations are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Format {
    /// As the compiler prints errors
    #[default]
    Human,
    /// One JSON document
    Json,
    /// Annotations of GitHub Actions
    Github,
}

/// Cargo's own colours.
const STYLES: clap::builder::Styles = clap::builder::Styles::styled()
    .header(clap::builder::styling::AnsiColor::Green.on_default().bold())
    .usage(clap::builder::styling::AnsiColor::Green.on_default().bold())
    .literal(clap::builder::styling::AnsiColor::Cyan.on_default().bold())
    .placeholder(clap::builder::styling::AnsiColor::Cyan.on_default());
