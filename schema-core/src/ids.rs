//! Every id that a message can carry and that is not a rule's, with its explanation. A rule's is in its own file.

macro_rules! ids {
    ($($name:ident = $word:literal: $about:literal,)*) => {
        $(#[doc = $about] pub const $name: &str = $word;)*

        /// The ids that are not a rule's, in alphabetical order, each with its explanation.
        pub const OTHERS: &[(&str, &str)] = &[$(($name, $about),)*];
    };
}

ids! {
    ATTRIBUTE = "attribute":
        "An attribute, or a key of one, is not of the form that docs/attributes.md gives. The message shows the line to type.",
    BACKWARD_COMPATIBLE = "backward_compatible":
        "A table or a column is dropped, and its rows or values with it. While the old release runs it still reads them, so a drop comes last, and is \
         acknowledged by name. If it is the same thing under another name, the model says so: `renamed_from`.",
    CFG = "cfg":
        "A model, or a part of one, is under a `cfg` that depends on the build. There is one schema for all builds, so \
         the condition must go. With `allow_cfg = true` in schema.toml, the schema contains the part whatever the condition says.",
    COLUMN_TYPE = "column_type":
        "A field's Rust type has no SQL type that is known, or none that a column can have; or what `type` states is not one SQL type.",
    CUSTOM_SQL = "custom_sql":
        "A file of your own SQL is not one of a pair NAME.up.sql and NAME.down.sql, cannot be read, or names a file that does not exist.",
    CYCLES = "cycles":
        "Tables reference each other in a circle, so none can be created first. One of the references says `cycle`, and is then added \
         when all tables exist.",
    DRIFT = "drift":
        "The models state something that no migration made, or the other way round. Write the migration, or take the change back.",
    DUPLICATE_TABLE = "duplicate_table":
        "Two structs state the same table.",
    DUPLICATE_TYPE = "duplicate_type":
        "Two types of columns share a name. A field's type is known by the last segment of its path, so one of them must be renamed.",
    ENUMERATION_SHAPE = "enumeration_shape":
        "An enumeration is an enum of plain variants: the values that a column may hold.",
    IMMUTABLE = "immutable":
        "A migration file changed after it was written. Databases may have run it as it was, so it is put back, and the change becomes \
         a migration of its own.",
    JOURNAL = "journal":
        "A command writes .schema.journal before it writes several files, and the next one finishes what it says. This one names files \
         that no command writes, or cannot be read, so none of it is done.",
    LOCK = "lock":
        "schema.lock, or the folder next to it, is not what `cargo schema` wrote.",
    MACRO_MODEL = "macro_model":
        "A model is inside a macro. The scan reads source files without running macros, so a model must be outside.",
    NEWTYPE_SHAPE = "newtype_shape":
        "`SqlType` is derived for a struct of one unnamed field, without generics.",
    NUMBERED = "numbered":
        "Migrations are numbered 001, 002, … without gap or duplicate, and are called `NNN_name.up.sql` and `NNN_name.down.sql`.",
    PROFILE = "profile":
        "schema.toml has an unknown key or value.",
    RUNNER = "runner":
        "A statement of a migration ends the transaction in which it is recorded, changes the session of the runner, or waits for rows that nobody \
         sends. `cargo schema apply` and `revert` refuse such a file before they run anything.",
    SOURCE = "source":
        "A source file cannot be read. It could hold a model, so there is no schema without it.",
    SQL_SYNTAX = "sql_syntax":
        "A fragment of SQL in an attribute is not one PostgreSQL expression, or a function's body is not one block of PL/pgSQL.",
    SQUAWK = "squawk":
        "The linter squawk reports a statement of a migration. Its own documentation has a page for each of its rules.",
    TABLE_SHAPE = "table_shape":
        "A table is a struct with named fields, without generics.",
    TRIGGER = "trigger":
        "Two triggers share a function and give it different bodies. A function has one body, so one of them takes another name.",
    UNKNOWN_ATTRIBUTE = "unknown_attribute":
        "An attribute looks like one of ours, but is not. The derive would ignore it, and the rule that it was meant to state would \
         not be there.",
    UNSEALED = "unsealed":
        "The newest migration is not sealed: it is still rewritten when the models change. A pipeline accepts sealed ones only: `cargo schema seal`.",
    UP_AND_DOWN = "up_and_down":
        "Each migration has both directions.",
    WAIVER = "waiver":
        "A waiver names a rule that can be waived, is needed, and gives its reason.",
    ZERO_DOWNTIME = "zero_downtime":
        "There is no form of the change that leaves the table readable and writable, or that both releases survive. Do it another way, \
         or acknowledge it in the words of the message.",
}

/// The rules, in alphabetical order, and whether each may be waived. Its explanation is in its own file.
pub const RULES: &[(&str, bool)] = &[
    ("boolean_prefix", true),
    ("bounded", true),
    ("cascade_soft_delete", true),
    ("check", true),
    ("column_name", true),
    ("constraint_name", true),
    ("default", true),
    ("enum", true),
    ("enum_value", false),
    ("foreign_key_declared", true),
    ("foreign_key_index", true),
    ("foreign_key_name", true),
    ("foreign_key_target", false),
    ("foreign_key_width", true),
    ("generated", true),
    ("identifier", false),
    ("index_expression", true),
    ("index_kinds", true),
    ("index_name", false),
    ("index_order", true),
    ("integer_width", true),
    ("jsonb", true),
    ("junction_key", true),
    ("money", true),
    ("normal_form", true),
    ("nullability", true),
    ("on_delete", false),
    ("pii", true),
    ("portable", false),
    ("primary_key", true),
    ("query", false),
    ("query_index", true),
    ("redundant_index", true),
    ("row_condition", true),
    ("secret", true),
    ("service_boundary", true),
    ("soft_delete", false),
    ("standard_columns", true),
    ("table_name", true),
    ("tenant", true),
    ("text", true),
    ("timestamp_suffix", true),
    ("timestamps_default", true),
    ("timestamptz", true),
    ("unique_soft_delete", true),
    ("unknown_column", false),
    ("unused_index", true),
];

/// Whether a rule may be waived; nothing where no rule has that id.
#[must_use]
pub fn is_waivable(rule: &str) -> Option<bool> {
    RULES.iter().find(|(id, _)| *id == rule).map(|(_, waivable)| *waivable)
}

/// The rule `foreign_key_target`, which the scan keeps too: it knows the models.
pub const FOREIGN_KEY_TARGET: &str = "foreign_key_target";
/// The rule `primary_key`, which the parser keeps too where a key is stated twice.
pub const PRIMARY_KEY: &str = "primary_key";

/// Whether a message may carry that id: it can be looked up.
#[must_use]
pub fn is_known(id: &str) -> bool {
    is_waivable(id).is_some() || OTHERS.iter().any(|(other, _)| *other == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_explanation() {
        assert!(OTHERS.is_sorted_by_key(|(id, _)| *id));
        for (id, about) in OTHERS {
            assert!(is_waivable(id).is_none(), "{id} is a rule's");
            assert!(about.ends_with('.') || about.ends_with('`'), "{id}: {about}");
        }
    }
}
