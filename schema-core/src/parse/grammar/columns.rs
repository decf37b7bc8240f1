//! Attributes of a column.

use super::{
    ALLOW, Attribute, CYCLE, DEFERRABLE, Form, Leading, NAME_OF_CONSTRAINT, ON_DELETE, ON_UPDATE, Position,
    TARGET_TABLE, key,
};

pub(super) const COLUMN: Attribute = Attribute {
    name: "column",
    on: Position::Column,
    repeatable: true,
    leading: None,
    doc: "What the column is, beyond what its Rust type says.",
    example: "#[column(numeric(12, 2), check = \"total_amount >= 0\")]",
    keys: &[
        key("name", Form::Text, "name = \"type\"", "The column's name, where the field's does not serve."),
        key("type", Form::Text, "type = \"CITEXT\"", "The SQL type, where the Rust type does not tell."),
        key(
            "numeric",
            Form::List,
            "numeric(12, 2)",
            "Precision and scale of a NUMERIC: digits in all, digits after the point.",
        ),
        key("primary_key", Form::Flag, "primary_key", "This column alone is the primary key."),
        key("unique", Form::Flag, "unique", "No two rows share a value. The name is `{table}_{column}_unique`."),
        key(
            "default",
            Form::Text,
            "default = \"now()\"",
            "The DEFAULT, as SQL. An INSERT may then leave the column out.",
        ),
        key(
            "check",
            Form::Text,
            "check = \"price >= 0\"",
            "A check constraint. Its name is `{table}_{columns}_check`.",
        ),
        key(
            "generated",
            Form::Text,
            "generated = \"price * quantity\"",
            "`GENERATED ALWAYS AS (…) STORED`: the server computes it, no INSERT or UPDATE gives it.",
        ),
        key(
            "identity",
            Form::Word(&["always", "by_default"]),
            "identity = always",
            "`GENERATED … AS IDENTITY`: the server numbers it; with `by_default`, unless an INSERT does (to leave it out \
             there, the program's role needs USAGE on the sequence).",
        ),
        key("collation", Form::Text, "collation = \"C\"", "The COLLATE clause."),
        key(
            "small",
            Form::Flag,
            "small",
            "Counts little enough for `SMALLINT` or `INTEGER`: says that this was thought of.",
        ),
        key("pii", Form::Flag, "pii", "Holds personal data: listed in the data model document."),
        key(
            "external",
            Form::Text,
            "external = \"the payment provider's customer\"",
            "A `*_id` that references no table of this schema, and whose it is.",
        ),
        key("reason", Form::Text, "reason = \"kept as received from the provider\"", "Why a JSON column has no type."),
        key("renamed_from", Form::Text, "renamed_from = \"amount\"", "The name that the column had before."),
        key(
            "backfill",
            Form::Text,
            "backfill = \"price * 2\"",
            "What fills the column in rows that exist, as SQL over the row.",
        ),
        ALLOW,
    ],
};

pub(super) const REFERENCES: Attribute = Attribute {
    name: "references",
    on: Position::Column,
    repeatable: false,
    leading: Some(Leading { what: "the model", form: "Model", many: false, call: false }),
    doc: "A foreign key to another model's primary key. Its name is `{table}_{column}_fkey`.",
    example: "#[references(User, on_delete = restrict)]",
    keys: &[
        ON_DELETE,
        ON_UPDATE,
        key("column", Form::Word(&[]), "column = email", "The referenced column, where it is not `id`."),
        TARGET_TABLE,
        NAME_OF_CONSTRAINT,
        DEFERRABLE,
        CYCLE,
    ],
};
