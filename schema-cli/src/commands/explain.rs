use schema_core::rules::{self, RULES, Rule};
use schema_core::suggest::nearest;

use super::Verdict;
use crate::failure::{Failure, Problem};
use crate::output;

/// The ids of errors that are no conventions: what cannot be read, and what does not fit together.
const OTHERS: &[(&str, &str)] = &[
    (
        "attribute",
        "An attribute, or a key of one, is not of the form that docs/attributes.md gives. The message shows the line to type.",
    ),
    (
        "cfg",
        "A model, or a part of one, stands under a `cfg` that depends on the build. There is one schema for all builds, so \
         the condition must go. With `allow_cfg = true` in schema.toml, the schema holds the part whatever the condition says.",
    ),
    ("column_type", "A field's Rust type has no SQL type that is known, or none that a column can have."),
    (
        "cycles",
        "Tables reference each other in a circle, so none can be created first. One of the references says `cycle`, and is then added when all tables exist.",
    ),
    (
        "drift",
        "The models state something that no migration made, or the other way round. Write the migration, or take the change back.",
    ),
    ("duplicate_table", "Two structs state the same table."),
    (
        "duplicate_type",
        "Two types of columns share a name. A field's type is known by the last segment of its path, so one of them must be renamed.",
    ),
    ("enumeration_shape", "An enumeration is an enum of plain variants: the values that a column may hold."),
    (
        "immutable",
        "A migration file changed after it was written. Databases may have run it as it was, so it is put back, and the change becomes a migration of its own.",
    ),
    (
        "journal",
        "A command writes .schema.journal before it writes several files, and the next one finishes what it says. This one names files that no command writes, or cannot be read, so nothing is done of it.",
    ),
    ("lock", "schema.lock, or the folder beside it, is not what `cargo schema` wrote."),
    (
        "macro_model",
        "A model stands inside a macro. The scan reads source files without running macros, so a model must stand outside.",
    ),
    ("newtype_shape", "`SqlType` is derived for a struct of one unnamed field, without generics."),
    (
        "numbered",
        "Migrations are numbered 001, 002, … without gap or duplicate, and are called NNN_name.up.sql and NNN_name.down.sql.",
    ),
    ("profile", "schema.toml holds a key or a value that it does not know."),
    ("source", "A source file cannot be read. It could hold a model, so there is no schema without it."),
    ("sql_syntax", "A fragment of SQL in an attribute is no PostgreSQL expression."),
    ("table_shape", "A table is a struct with named fields, without generics."),
    ("up_and_down", "Each migration has both directions."),
    ("waiver", "A waiver names a rule that can be waived, is needed, and gives its reason."),
];

pub(super) fn run(id: &str) -> Result<Verdict, Problem> {
    if let Some(rule) = rules::find(id) {
        output::out(&text(rule));
    } else if let Some((id, about)) = OTHERS.iter().find(|(other, _)| *other == id) {
        output::out(&format!("{id}\n\n{about}\n"));
    } else {
        let names = RULES.iter().map(|rule| rule.id).chain(OTHERS.iter().map(|(id, _)| *id));
        let help = match nearest(id, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cargo schema rules` lists them".to_owned(),
        };
        return Err(Failure::new(format!("there is no rule `{id}`")).help(help).into());
    }
    Ok(Verdict::Good)
}

fn text(rule: &Rule) -> String {
    let waiver = if rule.waivable {
        format!("Waived, in the open, by: allow({}, reason = \"…\")", rule.id)
    } else {
        "Cannot be waived.".to_owned()
    };
    format!(
        "{}\n\n{}\n\nWhy: {}\n\nRefused:\n{}\n\nRight:\n{}\n\n{waiver}\n",
        rule.id,
        rule.summary,
        rule.why,
        indented(rule.bad),
        indented(rule.good)
    )
}

fn indented(code: &str) -> String {
    let lines = code.trim().lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_explained_once() {
        assert!(OTHERS.is_sorted());
        for (id, _) in OTHERS {
            assert!(rules::find(id).is_none(), "{id}");
        }
    }
}
