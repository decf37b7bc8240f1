//! The text of migration files.

use crate::dialect::Target;
use crate::plan::{Creation, Group};
use crate::schema::{Profile, Schema};
use crate::sql::literal;

/// The widest line of a header.
const WIDTH: usize = 100;

/// The file that creates a schema. `migration` is its name with its number.
#[must_use]
pub fn up(migration: &str, schema: &Schema, creation: &Creation, profile: &Profile) -> String {
    let mut text = header(&[
        &format!("{migration}, up: creates {}.", tables(schema)),
        "Why: the first migration; nothing of this exists yet.",
        "Phase: expand.",
        "Locks: none that anyone waits for, since every table is new.",
        WRITTEN,
    ]);
    text.push_str(&body(&creation.up, profile));
    text
}

/// The file that takes it away again.
#[must_use]
pub fn down(migration: &str, schema: &Schema, creation: &Creation, profile: &Profile) -> String {
    let mut lines = vec![
        format!("{migration}, down: drops {}.", tables(schema)),
        format!("Why: takes back {migration}.up.sql. Every row of these tables is lost."),
        "Phase: contract.".to_owned(),
        "Locks: ACCESS EXCLUSIVE on each of the tables, until the transaction ends.".to_owned(),
    ];
    if !schema.extensions.is_empty() {
        let names: Vec<&str> = schema.extensions.iter().map(String::as_str).collect();
        lines.push(format!("Stays: {}, which may have been there before.", words(&names)));
    }
    lines.push(WRITTEN.to_owned());
    let mut text = header(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    text.push_str(&body(&creation.down, profile));
    text
}

const WRITTEN: &str = "Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.";

fn tables(schema: &Schema) -> String {
    let names: Vec<&str> = schema.tables.keys().map(String::as_str).collect();
    if names.len() == 1 { format!("the table {}", names[0]) } else { format!("the tables {}", words(&names)) }
}

/// `a, b and c`
fn words(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn header(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        let mut width = 0;
        for word in line.split(char::is_whitespace).filter(|word| !word.is_empty()) {
            let length = word.chars().count() + 1;
            if width == 0 || width + length > WIDTH {
                text.push_str(if width == 0 { "--" } else { "\n--  " });
                width = 2;
            }
            // A name could hold anything, and what follows a line break would run as SQL.
            text.push(' ');
            text.extend(word.chars().filter(|c| !c.is_control()));
            width += length;
        }
        text.push('\n');
    }
    text
}

fn body(groups: &[Group], profile: &Profile) -> String {
    let mut text = String::new();
    if Target::common(&profile.targets).lock_timeout {
        let timeouts = &profile.timeouts;
        text.push_str("\nSET LOCAL lock_timeout = ");
        text.push_str(&literal(&timeouts.lock));
        text.push_str(";\nSET LOCAL statement_timeout = ");
        text.push_str(&literal(&timeouts.statement));
        text.push_str(";\n");
    }
    for group in groups {
        text.push('\n');
        for statement in &group.statements {
            text.push_str(statement);
            text.push('\n');
        }
    }
    text
}
