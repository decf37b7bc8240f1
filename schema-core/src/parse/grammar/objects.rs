//! The attributes of partitions, triggers and policies.

use super::{Attribute, Form, Leading, Position, key};

pub(super) const PARTITION: Attribute = Attribute {
    name: "partition",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "a partition", form: "name", many: false, call: false }),
    doc: "A partition that the migrations create.",
    example: "#[partition(events_2026_01, values = \"FROM ('2026-01-01') TO ('2026-02-01')\")]",
    keys: &[
        key(
            "values",
            Form::Text,
            "values = \"FROM ('2026-01-01') TO ('2026-02-01')\"",
            "The rows that it holds: `FROM (…) TO (…)`, `IN (…)` or `WITH (MODULUS 4, REMAINDER 0)`.",
        ),
        key("default", Form::Flag, "default", "It holds the rows that no other partition holds."),
    ],
};

pub(super) const TRIGGER: Attribute = Attribute {
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
            "The function's body in PL/pgSQL, where no SQL of your own creates the function. Triggers that share a function say the same.",
        ),
        key("when", Form::Text, "when = \"NEW.total_amount > 0\"", "The condition: for other rows it does not fire."),
        key(
            "each",
            Form::Word(&["row", "statement"]),
            "each = row",
            "Once for each row (default) or for the statement.",
        ),
        key("name", Form::Text, "name = \"orders_audit\"", "The trigger's name, where the derived one does not serve."),
    ],
};

pub(super) const POLICY: Attribute = Attribute {
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
            "The rows that may be written; those of `using` where it is left out.",
        ),
        key(
            "command",
            Form::Word(&["select", "insert", "update", "delete"]),
            "command = select",
            "The command that it governs; every one where it is left out.",
        ),
        key("to", Form::List, "to(app, reporting)", "The roles that it is for; everybody where it is left out."),
        key("restrictive", Form::Flag, "restrictive", "It takes rows away from what other policies let through."),
    ],
};
