use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::schema::SqlType;

pub(super) static RULE: Rule = Rule {
    id: "timestamps_default",
    summary: "`created_at` and `updated_at` are `TIMESTAMPTZ NOT NULL DEFAULT now()`.",
    why: "The server's clock is the one clock that all writers share. Without the default a script that inserts by \
          hand fails or invents a time; a NULL makes every sort and every export treat the row apart.",
    bad: "
#[derive(Table)]
struct Order {
    id: Uuid,
    created_at: Option<DateTime<Utc>>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Order {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

/// What gives the time of the row.
const CLOCKS: [&str; 5] =
    ["now()", "current_timestamp", "transaction_timestamp()", "statement_timestamp()", "clock_timestamp()"];

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for name in ["created_at", "updated_at"] {
        let Some(column) = table.column(name) else { continue };
        let place = || Place::column(&table.name, name);
        let line = format!("pub {name}: DateTime<Utc>,    (its default is now() by itself)");
        match column.sql_type {
            // A zone-less one is `timestamptz`'s to report, and a type of the program is unknown here.
            SqlType::Timestamp | SqlType::Rust(_) => {}
            SqlType::Timestamptz if column.nullable => {
                let message = format!("`{name}` is nullable, but every row has one");
                found.push(Diagnostic::new(RULE.id, place().key(Key::Type), message).help(line));
            }
            SqlType::Timestamptz => match &column.default {
                Some(default) if !CLOCKS.contains(&default.to_lowercase().as_str()) => {
                    let message = format!("the default of `{name}` is not the clock: {default}");
                    found.push(Diagnostic::new(RULE.id, place().key(Key::Default), message).help(line));
                }
                Some(_) => {}
                None => {
                    let message = format!("`{name}` has no default");
                    found.push(Diagnostic::new(RULE.id, place().key(Key::Generated), message).help(line));
                }
            },
            _ => {
                let message = format!("`{name}` is a TIMESTAMPTZ, this is {}", column.sql_type);
                found.push(Diagnostic::new(RULE.id, place().key(Key::Type), message).help(line));
            }
        }
    }
}
