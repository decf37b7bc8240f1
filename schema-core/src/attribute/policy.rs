//! `#[policy(…)]`: a row-level-security policy.

use super::args::{Args, Value, column_name};
use super::read::leading_name;
use super::{Attribute, Form, Leading, Position, Printed, Reader, ident, key};
use crate::schema::{Policy, PolicyCommand};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "policy",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "a policy", form: "name", many: false, call: false }),
    doc: "A row-level-security policy. A table with one has row-level security, for its owner too (`FORCE`). The profile's \
          tenant makes one by itself, `{table}_tenant`; one of that name that is declared takes its place.",
    example: "#[policy(own_rows, using = \"owner_id = current_setting('app.user_id')::UUID\")]",
    keys: &[
        key(
            "using",
            Form::Text,
            "using = \"owner_id = current_setting('app.user_id')::UUID\"",
            "The rows that may be read, changed and deleted.",
        ),
        key(
            "with_check",
            Form::Text,
            "with_check = \"is_draft\"",
            "The rows that may be written; those of `using` if it is left out.",
        ),
        key(
            "command",
            Form::Word(&["select", "insert", "update", "delete"]),
            "command = select",
            "The command that it governs; every one if it is left out.",
        ),
        key("to", Form::List, "to(app, reporting)", "The roles that it is for; everyone if it is left out."),
        key("restrictive", Form::Flag, "restrictive", "It takes rows away from what other policies let through."),
    ],
};

/// Reads one.
pub fn read(args: &Args, reader: &mut Reader<'_>) -> Option<Policy> {
    let Some(name) = leading_name(args) else {
        reader.wrong(args.span, "a policy has a name", GRAMMAR.example);
        return None;
    };
    let using = reader.sql_of(args, "using");
    let with_check = reader.sql_of(args, "with_check");
    let word = args.text("command").map(|word| word.value);
    let command = word.and_then(|word| word.parse().ok()).unwrap_or_default();
    // https://www.postgresql.org/docs/current/sql-createpolicy.html
    let problem = match command {
        PolicyCommand::Insert if args.flag("using") => Some("INSERT reads no row: it takes `with_check` alone"),
        PolicyCommand::Select | PolicyCommand::Delete if args.flag("with_check") => {
            Some("SELECT and DELETE write no row: they take `using` alone")
        }
        _ if !args.flag("using") && !args.flag("with_check") => Some("a policy says which rows it lets through"),
        _ => None,
    };
    if let Some(problem) = problem {
        reader.wrong(args.span, problem, GRAMMAR.example);
        return None;
    }
    let mut roles = Vec::new();
    if let Some(Value::List(list)) = args.get("to").map(|arg| &arg.value) {
        for role in &list.value {
            match column_name(role.clone()) {
                Ok(role) => roles.push(role.value),
                Err(error) => reader.wrong(error.span(), "a role is a name", "to(app, reporting)"),
            }
        }
    }
    Some(Policy { name, command, permissive: !args.flag("restrictive"), roles, using, with_check })
}

/// Prints one; `None` where its name or a role is not an identifier.
#[must_use]
pub fn print(policy: &Policy) -> Option<Printed> {
    let command = Some(policy.command).filter(|command| *command != PolicyCommand::All);
    let command = command.map(|command| command.word().to_ascii_lowercase());
    Some(
        Printed::new(&GRAMMAR)
            .leading(ident(&policy.name)?)
            .text("using", policy.using.as_deref())
            .text("with_check", policy.with_check.as_deref())
            .word("command", command.as_deref())
            .column_list("to", &policy.roles)?
            .flag("restrictive", !policy.permissive),
    )
}
