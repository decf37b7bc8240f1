//! Attributes of a model, as a person would type them: one line where they fit.

use tablewright_core::expression::Fragment;
use tablewright_core::schema::{
    ForeignKey, Index, KeyTarget, Method, Nulls, Policy, PolicyCommand, Predicate, SortDirection, Table, Trigger,
    TriggerEvent, TriggerTiming, Unique, derived_name,
};

use super::names::{ident, string};

/// The longest line.
pub(super) const WIDTH: usize = 100;

/// Arguments of one attribute, one line where they fit.
pub(super) fn attribute(name: &str, arguments: &[String], indent: &str) -> String {
    if arguments.is_empty() {
        return format!("{indent}#[{name}]\n");
    }
    let line = format!("{indent}#[{name}({})]\n", arguments.join(", "));
    if line.len() <= WIDTH + 1 && !line.trim_end().contains('\n') {
        return line;
    }
    let arguments: String = arguments.iter().map(|argument| format!("{indent}    {argument},\n")).collect();
    // The last one stands without a comma, as rustfmt writes it.
    format!("{indent}#[{name}(\n{}\n{indent})]\n", arguments.trim_end_matches(",\n"))
}

/// `name = "…"`, where the derived name is another.
pub(super) fn named(name: &str, table: &str, columns: &[&str], kind: &str) -> Option<String> {
    let mut parts = vec![table];
    parts.extend(columns);
    parts.push(kind);
    (derived_name(&parts) != name).then(|| format!("name = {}", string(name)))
}

pub(super) fn idents(columns: &[String]) -> Option<String> {
    let idents: Option<Vec<String>> = columns.iter().map(|column| ident(column)).collect();
    idents.map(|idents| idents.join(", "))
}

pub(super) fn is_column_reference(foreign_key: &ForeignKey) -> bool {
    foreign_key.columns.len() == 1
        && foreign_key.target_columns.first().is_some_and(|target| target == "id" || ident(target).is_some())
}

/// Whether `#[column(unique)]` says all of it.
pub(super) fn is_column_unique(unique: &Unique, table: &Table) -> bool {
    let [column] = unique.columns.as_slice() else { return false };
    unique.name == derived_name(&[&table.name, column, "unique"])
        && !unique.nulls_not_distinct
        && covered(unique.predicate.as_ref(), table).is_empty()
}

/// `where` and `include_deleted`, as the table asks for them.
fn covered(predicate: Option<&Predicate>, table: &Table) -> Vec<String> {
    let own = predicate.and_then(|it| it.beside(table.soft_delete)).map(|own| format!("where = {}", string(own)));
    let all = table.soft_delete.is_some() && predicate.and_then(Predicate::live) != table.soft_delete;
    own.into_iter().chain(all.then(|| "include_deleted".to_owned())).collect()
}

pub(super) fn unique_attribute(unique: &Unique, table: &Table) -> Option<String> {
    let mut arguments = vec![idents(&unique.columns)?];
    arguments.extend(covered(unique.predicate.as_ref(), table));
    let columns: Vec<&str> = unique.columns.iter().map(String::as_str).collect();
    arguments.extend(named(&unique.name, &table.name, &columns, "unique"));
    if unique.nulls_not_distinct {
        arguments.push("nulls_not_distinct".to_owned());
    }
    Some(attribute("unique", &arguments, ""))
}

pub(super) fn index_attribute(index: &Index, table: &Table) -> Option<String> {
    // Neither has a word in the attribute; the index is told as one that is not held.
    if !index.with.is_empty() || index.key.iter().any(|key| key.collation.is_some()) {
        return None;
    }
    let mut arguments = Vec::new();
    let mut words = Vec::new();
    for key in &index.key {
        let mut text = match &key.target {
            KeyTarget::Column(column) => {
                words.push(column.clone());
                ident(column)?
            }
            KeyTarget::Expression(expression) => {
                words.extend(Fragment::parse(expression).ok()?.words());
                string(expression)
            }
        };
        if key.direction == SortDirection::Descending {
            text.push_str(" desc");
        }
        match key.nulls {
            Some(Nulls::First) => text.push_str(" nulls_first"),
            Some(Nulls::Last) => text.push_str(" nulls_last"),
            None => {}
        }
        if let Some(class) = &key.operator_class {
            text.push_str(&format!(" ops({})", string(class)));
        }
        arguments.push(text);
    }
    if index.method != Method::Btree {
        arguments.push(format!("using = {}", index.method.name()));
    }
    if index.unique {
        arguments.push("unique".to_owned());
    }
    arguments.extend(covered(index.predicate.as_ref(), table));
    if !index.include.is_empty() {
        arguments.push(format!("include({})", idents(&index.include)?));
    }
    let mut parts = if index.unique { vec![table.name.as_str()] } else { vec!["idx", table.name.as_str()] };
    parts.extend(words.iter().map(String::as_str));
    if index.unique {
        parts.push("unique");
    }
    if derived_name(&parts) != index.name {
        arguments.push(format!("name = {}", string(&index.name)));
    }
    if index.nulls_not_distinct {
        arguments.push("nulls_not_distinct".to_owned());
    }
    Some(attribute("index", &arguments, ""))
}

pub(super) fn trigger_attribute(trigger: &Trigger, table: &Table) -> Option<String> {
    let timing = match trigger.timing {
        TriggerTiming::Before => "BEFORE",
        TriggerTiming::After => "AFTER",
        TriggerTiming::InsteadOf => return None,
    };
    let events = trigger.events.iter().map(|event| match event {
        TriggerEvent::Insert => "INSERT".to_owned(),
        TriggerEvent::Update(columns) if columns.is_empty() => "UPDATE".to_owned(),
        TriggerEvent::Update(columns) => format!("UPDATE OF {}", columns.join(", ")),
        TriggerEvent::Delete => "DELETE".to_owned(),
        TriggerEvent::Truncate => "TRUNCATE".to_owned(),
    });
    let when = format!("{timing} {}", events.collect::<Vec<_>>().join(" OR "));
    let mut arguments = vec![string(&when), format!("function = {}", string(&trigger.function))];
    arguments.extend(trigger.condition.as_ref().map(|condition| format!("when = {}", string(condition))));
    if !trigger.for_each_row {
        arguments.push("each = statement".to_owned());
    }
    if derived_name(&[&table.name, &trigger.function]) != trigger.name {
        arguments.push(format!("name = {}", string(&trigger.name)));
    }
    if let Some(body) = &trigger.body {
        let mut marks = String::new();
        while body.contains(&format!("\"{marks}")) {
            marks.push('#');
        }
        let raw = if body.contains('\\') || !marks.is_empty() { "r" } else { "" };
        arguments.push(format!("body = {raw}{marks}\"{body}\"{marks}"));
    }
    Some(attribute("trigger", &arguments, ""))
}

pub(super) fn policy_attribute(policy: &Policy) -> Option<String> {
    let mut arguments = vec![ident(&policy.name)?];
    arguments.extend(policy.using.as_ref().map(|using| format!("using = {}", string(using))));
    arguments.extend(policy.with_check.as_ref().map(|check| format!("with_check = {}", string(check))));
    match policy.command {
        PolicyCommand::All => {}
        PolicyCommand::Select => arguments.push("command = select".to_owned()),
        PolicyCommand::Insert => arguments.push("command = insert".to_owned()),
        PolicyCommand::Update => arguments.push("command = update".to_owned()),
        PolicyCommand::Delete => arguments.push("command = delete".to_owned()),
    }
    if !policy.roles.is_empty() {
        arguments.push(format!("to({})", idents(&policy.roles)?));
    }
    if !policy.permissive {
        arguments.push("restrictive".to_owned());
    }
    Some(attribute("policy", &arguments, ""))
}
