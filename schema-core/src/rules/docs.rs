//! The documentation of the rules: `docs/rules.md`, and what `cargo schema explain` prints.

use std::fmt::Write as _;

use super::{RULES, Rule, RuleCheck};

const HEAD: &str = "# Rules

Generated from `schema-core/src/rules/`; a test checks this file against the code.

Every convention is a rule, and every rule is a compile error that says what to type. Rules marked *table* are checked by
the derive as well as by `cargo schema check`; rules marked *schema* need other tables, so the check reports them alone.

A model waives a rule in the open, on the table or on one field, and says why. A waiver that nothing needs is an error:
```rust
#[table(allow(boolean_prefix, reason = \"the column is part of a public API\"))]
```
`schema.toml` switches a rule off for all models, with a reason:
```toml
[rules]
boolean_prefix = { level = \"off\", reason = \"the tables are older than the rule\" }
```

";

/// The text of `docs/rules.md`.
#[must_use]
pub fn markdown() -> String {
    let mut text = HEAD.to_owned();
    text.push_str("| rule | says |\n|---|---|\n");
    for rule in RULES {
        let _ = writeln!(text, "| [{id}](#{id}) | {} |", rule.summary, id = rule.id);
    }
    for rule in RULES {
        text.push('\n');
        text.push_str(&section(rule));
    }
    text
}

/// The section of one rule.
#[must_use]
pub fn section(rule: &Rule) -> String {
    let scope = match rule.check {
        RuleCheck::Table(_) => "table",
        RuleCheck::Schema(_) => "schema",
        RuleCheck::Both(..) => "table, and schema where it needs more",
    };
    let waiver = if rule.waivable {
        format!("`allow({}, reason = \"…\")`", rule.id)
    } else {
        "none: the program would not work".to_owned()
    };
    let mut text = format!("## {}\n\n{}\n\n{}\n\nScope: {scope}. Waiver: {waiver}.\n", rule.id, rule.summary, rule.why);
    if !rule.settings.is_empty() {
        let _ = write!(text, "\nThe examples are read with this `schema.toml`:\n```toml\n{}\n```\n", rule.settings);
    }
    let _ = write!(
        text,
        "\nNot accepted:\n```rust\n{}\n```\n\nAccepted:\n```rust\n{}\n```\n",
        rule.bad.trim(),
        rule.good.trim()
    );
    text
}
