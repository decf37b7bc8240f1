//! `#[trigger(…)]`.

use super::args::Args;
use super::partition::name;
use super::print::{raw_string, string};
use super::read::leading_text;
use super::{Attribute, Form, Leading, Position, Printed, Reader, ident, key};
use crate::schema::{Table, Trigger, TriggerEvent, TriggerTiming};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "trigger",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "when it fires", form: "\"SQL\"", many: false, call: false }),
    doc: "A trigger. Its name is `{table}_{function}`.",
    example: "#[trigger(\"AFTER INSERT OR UPDATE OF status\", function = \"audit_row\")]",
    keys: &[
        key("function", Form::Text, "function = \"audit_row\"", "The function that it calls, of no arguments."),
        key(
            "body",
            Form::Text,
            "body = \"BEGIN … RETURN NEW; END\"",
            "The function's body in PL/pgSQL, where none of your own SQL creates the function. Triggers that share a function say the same.",
        ),
        key("when", Form::Text, "when = \"NEW.total_amount > 0\"", "The condition: for other rows it does not fire."),
        key(
            "each",
            Form::Word(&["row", "statement"]),
            "each = row",
            "Once for each row (default) or for the statement.",
        ),
        key("name", Form::Text, "name = \"orders_audit\"", "The trigger's name, where the derived one does not fit."),
    ],
};

/// An attribute that is right, for messages.
const EXAMPLE: &str = "#[trigger(\"AFTER INSERT OR UPDATE\", function = \"audit_row\")]";

/// Reads one of a table whose columns are known. Its name is empty where it is derived.
pub fn read(args: &Args, table: &Table, reader: &mut Reader<'_>) -> Option<Trigger> {
    let Some(text) = leading_text(args) else {
        reader.wrong(args.span, "a trigger says first when it fires, as SQL text", EXAMPLE);
        return None;
    };
    let Some((timing, events)) = fires(&text.value()) else {
        let message = "a trigger fires BEFORE or AFTER an INSERT, UPDATE, UPDATE OF columns, DELETE or TRUNCATE";
        reader.wrong(text.span(), message, EXAMPLE);
        return None;
    };
    let named = events.iter().flat_map(|event| match event {
        TriggerEvent::Update(columns) => columns.as_slice(),
        _ => &[],
    });
    if let Some(missing) = named.into_iter().find(|name| table.column(name).is_none()) {
        reader.wrong(text.span(), format!("there is no column `{missing}`"), EXAMPLE);
        return None;
    }
    let for_each_row = args.text("each").is_none_or(|each| each.value == "row");
    if for_each_row && events.contains(&TriggerEvent::Truncate) {
        reader.wrong(text.span(), "TRUNCATE fires once for the statement", "each = statement");
        return None;
    }
    let Some(function) = args.text("function") else {
        reader.wrong(args.span, "a trigger names the function that it calls", EXAMPLE);
        return None;
    };
    Some(Trigger {
        name: args.text("name").map(|name| name.value).unwrap_or_default(),
        timing,
        events,
        for_each_row,
        condition: reader.sql_of(args, "when"),
        function: function.value,
        body: reader.block_of(args, "body"),
    })
}

/// The name that it has unless it states one.
#[must_use]
pub fn derived_name(table: &str, trigger: &Trigger) -> String {
    crate::schema::derived_name(&[table, &trigger.function])
}

/// Prints one; `None` where the attribute has no word for it: INSTEAD OF, and a column that is not an identifier.
#[must_use]
pub fn print(trigger: &Trigger, table: &Table) -> Option<Printed> {
    let timing = Some(trigger.timing).filter(|timing| *timing != TriggerTiming::InsteadOf)?;
    let mut events = Vec::new();
    for event in &trigger.events {
        events.push(match event {
            TriggerEvent::Insert => "INSERT".to_owned(),
            TriggerEvent::Delete => "DELETE".to_owned(),
            TriggerEvent::Truncate => "TRUNCATE".to_owned(),
            TriggerEvent::Update(columns) if columns.is_empty() => "UPDATE".to_owned(),
            TriggerEvent::Update(columns) => {
                columns.iter().map(|column| ident(column)).collect::<Option<Vec<_>>>()?;
                format!("UPDATE OF {}", columns.join(", "))
            }
        });
    }
    let printed = Printed::new(&GRAMMAR)
        .leading(string(&format!("{timing} {}", events.join(" OR "))))
        .text("function", Some(&trigger.function))
        .text("when", trigger.condition.as_deref())
        .word("each", (!trigger.for_each_row).then_some("statement"))
        .name(&trigger.name, &derived_name(&table.name, trigger));
    Some(match &trigger.body {
        Some(body) => printed.word("body", Some(&body_text(body))),
        None => printed,
    })
}

/// A body keeps its lines.
fn body_text(body: &str) -> String {
    if body.contains('\r') {
        return format!("{body:?}");
    }
    if body.contains(['\\', '"']) { raw_string(body) } else { format!("\"{body}\"") }
}

/// `AFTER INSERT OR UPDATE OF status`
fn fires(text: &str) -> Option<(TriggerTiming, Vec<TriggerEvent>)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (first, rest) = words.split_first()?;
    let timing: TriggerTiming = first.parse().ok()?;
    let mut events = Vec::new();
    for event in rest.split(|word| word.eq_ignore_ascii_case("or")) {
        let (word, rest) = event.split_first()?;
        let event = match (word.to_ascii_uppercase().as_str(), rest) {
            ("INSERT", []) => TriggerEvent::Insert,
            ("DELETE", []) => TriggerEvent::Delete,
            ("TRUNCATE", []) => TriggerEvent::Truncate,
            ("UPDATE", []) => TriggerEvent::Update(Vec::new()),
            ("UPDATE", [of, columns @ ..]) if of.eq_ignore_ascii_case("of") => {
                TriggerEvent::Update(columns.concat().split(',').map(name).collect::<Option<_>>()?)
            }
            _ => return None,
        };
        if events.contains(&event) {
            return None;
        }
        events.push(event);
    }
    Some((timing, events))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fires_a_trigger() {
        let (timing, events) = fires("after insert OR UPDATE OF status, total").unwrap();
        assert_eq!(timing, TriggerTiming::After);
        assert_eq!(events, [TriggerEvent::Insert, TriggerEvent::Update(vec!["status".to_owned(), "total".to_owned()])]);
        for wrong in ["", "AFTER", "AFTER OR INSERT", "BEFORE SELECT", "AFTER INSERT OR INSERT", "AFTER UPDATE OF a;b"]
        {
            assert_eq!(fires(wrong), None, "{wrong}");
        }
    }
}
