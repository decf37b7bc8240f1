use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Rust structs as the database schema: check them, and write their migrations.
#[derive(Debug, Parser)]
#[command(name = "cargo schema", bin_name = "cargo schema", version, styles = STYLES)]
pub(crate) struct Arguments {
    /// Run as if started in this folder
    #[arg(short = 'C', long, global = true, value_name = "DIR")]
    pub(crate) directory: Option<PathBuf>,

    /// The package of the workspace; the one of the folder when left out
    #[arg(short, long, global = true, value_name = "NAME")]
    pub(crate) package: Option<String>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the models against every rule, and the migrations against the models
    ///
    /// Exit code 0 when all is well, 1 when something is broken, 2 when the check could not be made.
    Check {
        /// How violations are printed
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Mend what can be mended without a decision: misspelt names, missing attributes
    ///
    /// Changes the attribute or name concerned and nothing else in the file. What needs a decision is printed.
    Fix {
        /// Say what would be done, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// List the rules that the models waive, with their reasons
    Waivers,
    /// Write the migration that makes the database what the models say
    ///
    /// Writes `NNN_name.up.sql` and `NNN_name.down.sql` into the migrations folder, and `schema.lock` beside `schema.toml`.
    Migrate {
        /// What the migration does, in snake case: `create_shop`
        name: String,

        /// Replace the first migration, as long as it is the only one and no database has it
        #[arg(long)]
        rewrite_first: bool,
    },
    /// Say what a rule is, why, and how to keep it
    Explain {
        /// The rule's id, as error messages show it in brackets
        rule: String,
    },
    /// List the rules
    Rules,
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
