//! `#[column(…)]`: what a column is, beyond what its Rust type says.

use super::args::{ATTRIBUTE, Arg, Args, Value};
use super::read::number;
use super::{Attribute, Form, Position, Printed, Reader, allow, key, newtype};
use crate::diagnostic::Diagnostic;
use crate::schema::{Column, Generated, SoftDelete, SqlType, Table};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "column",
    on: Position::Column,
    repeatable: true,
    leading: None,
    doc: "What the column is, beyond what its Rust type says.",
    example: "#[column(numeric(12, 2), check = \"total_amount >= 0\")]",
    keys: &[
        key("name", Form::Text, "name = \"type\"", "The column's name, where the field's does not fit."),
        key("type", Form::Text, "type = \"CITEXT\"", "The SQL type, where the Rust type does not determine it."),
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
            "Its values are small enough for `SMALLINT` or `INTEGER`: says that this was considered.",
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
            "What fills the column in rows that exist, as SQL over the row. Of a column that gets another type: what becomes \
             of its values, as SQL over the column.",
        ),
        allow::KEY,
    ],
};

/// What the attribute says about a column, except for its name, its type and what belongs to the table.
pub fn read(args: &Args, reader: &mut Reader<'_>) -> Column {
    let text = |key: &str| args.text(key).map(|text| text.value);
    Column {
        default: reader.sql_of(args, "default"),
        generated: generated(args.get("generated"), args.get("identity"), reader),
        collation: text("collation"),
        pii: args.flag("pii"),
        small: args.flag("small"),
        renamed_from: text("renamed_from"),
        backfill: reader.sql_of(args, "backfill"),
        external: text("external"),
        reason: text("reason"),
        ..Column::default()
    }
}

fn generated(stored: Option<&Arg>, identity: Option<&Arg>, reader: &mut Reader<'_>) -> Option<Generated> {
    if let (Some(stored), Some(identity)) = (stored, identity) {
        let message = "a column is computed or numbered, not both";
        reader.errors.push(
            Diagnostic::spanned(ATTRIBUTE, reader.path, identity.span, message)
                .help("keep `generated` or `identity`")
                .second(stored.span, "`generated` is here"),
        );
    }
    if let Some(arg) = stored {
        return reader.sql(arg).map(Generated::Stored);
    }
    match &identity?.value {
        Value::Word(word) if word.value == "by_default" => Some(Generated::IdentityByDefault),
        _ => Some(Generated::IdentityAlways),
    }
}

/// Reads `numeric(12, 2)` into the type of a column.
pub fn read_numeric(arg: &Arg, sql_type: &mut SqlType, reader: &mut Reader<'_>) {
    let Value::List(list) = &arg.value else { return };
    let numbers: Option<Vec<u32>> = list.value.iter().map(number).collect();
    let parsed = match numbers.as_deref() {
        Some([precision]) => Some((*precision, 0)),
        Some([precision, scale]) => Some((*precision, *scale)),
        _ => None,
    };
    let Some((precision, scale)) =
        parsed.filter(|(precision, scale)| (1..=1000).contains(precision) && scale <= precision)
    else {
        let message = "`numeric` takes a precision of 1 to 1000 and a scale within it";
        reader.wrong(list.span, message, "numeric(12, 2)    twelve digits, two of them after the point");
        return;
    };
    let element = match sql_type {
        SqlType::Array(element) => element.as_mut(),
        other => other,
    };
    if let SqlType::Numeric(digits) = element {
        *digits = Some((precision, scale));
        return;
    }
    let (message, help) = match element.unresolved() {
        Some(name) => {
            let attribute = newtype::print(&format!("NUMERIC({precision}, {scale})"));
            (format!("`{name}` states its own digits"), format!("{attribute} struct {name}(Decimal);"))
        }
        None => (
            format!("`numeric` is for `Decimal`, this is {element}"),
            "make the field a `Decimal`, or drop `numeric(…)`".to_owned(),
        ),
    };
    reader.wrong(arg.span, message, help);
}

/// What a column's attribute says that the column itself does not know.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The name of its field.
    pub field: &'a str,
    /// Its SQL type, where the field's Rust type does not determine it.
    pub declared: Option<&'a str>,
    /// Whether it has a unique key.
    pub unique: bool,
    /// Its check.
    pub check: Option<&'a str>,
}

/// Prints the attribute; without arguments where it needs none.
#[must_use]
pub fn print(column: &Column, table: &Table, beside: Beside<'_>) -> Printed {
    let digits = match (&column.sql_type, beside.declared) {
        (SqlType::Numeric(digits), None) => *digits,
        (SqlType::Array(element), None) => match element.as_ref() {
            SqlType::Numeric(digits) => *digits,
            _ => None,
        },
        _ => None,
    };
    let digits: Vec<String> =
        digits.iter().flat_map(|(precision, scale)| [precision.to_string(), scale.to_string()]).collect();
    let default = column.default.as_deref().filter(|default| !is_standard_default(column, table, default));
    let (stored, identity) = match &column.generated {
        Some(Generated::Stored(expression)) => (Some(expression.as_str()), None),
        Some(Generated::IdentityAlways) => (None, Some("always")),
        Some(Generated::IdentityByDefault) => (None, Some("by_default")),
        None => (None, None),
    };
    let printed = Printed::new(&GRAMMAR)
        .name(&column.name, beside.field.trim_start_matches("r#"))
        .text("type", beside.declared)
        .list("numeric", &digits)
        .flag("primary_key", states_key(column, table))
        .flag("unique", beside.unique)
        .text("default", default)
        .text("check", beside.check)
        .text("generated", stored)
        .word("identity", identity)
        .text("collation", column.collation.as_deref())
        .flag("small", column.small)
        .flag("pii", column.pii)
        .text("external", column.external.as_deref())
        .text("reason", column.reason.as_deref())
        .text("renamed_from", column.renamed_from.as_deref())
        .text("backfill", column.backfill.as_deref());
    let own = |column: &&str, waiver: &crate::schema::Waiver| waiver.column.as_deref() == Some(*column);
    allow::print(printed, table.waivers.iter().filter(|waiver| own(&column.name.as_str(), waiver)))
}

fn states_key(column: &Column, table: &Table) -> bool {
    let is_junction = table.kind == crate::schema::TableKind::Junction;
    table.primary_key.columns == [column.name.clone()] && column.name != "id" && !is_junction
}

/// Whether a model has the default without saying so.
fn is_standard_default(column: &Column, table: &Table, default: &str) -> bool {
    let timestamp = matches!(column.name.as_str(), "created_at" | "updated_at")
        && column.sql_type == SqlType::Timestamptz
        && !column.nullable
        && default == "now()";
    let key = table.primary_key.columns == [column.name.clone()]
        && column.sql_type == SqlType::Uuid
        && !table.foreign_keys.iter().any(|key| key.columns == [column.name.clone()])
        && default == "gen_random_uuid()";
    let mark = table.soft_delete == Some(SoftDelete::IsDeleted) && column.name == "is_deleted" && default == "false";
    timestamp || key || mark
}

/// The attribute with a flag, for a message.
#[must_use]
pub fn flag(key: &str) -> String {
    Printed::new(&GRAMMAR).flag(key, true).to_string()
}

/// The attribute with a text, for a message.
#[must_use]
pub fn text(key: &str, text: &str) -> String {
    Printed::new(&GRAMMAR).text(key, Some(text)).to_string()
}

/// The attribute with a word, for a message.
#[must_use]
pub fn word(key: &str, word: &str) -> String {
    Printed::new(&GRAMMAR).word(key, Some(word)).to_string()
}

/// The attribute with digits, for a message.
#[must_use]
pub fn numeric(precision: u32, scale: u32) -> String {
    Printed::new(&GRAMMAR).list("numeric", &[precision.to_string(), scale.to_string()]).to_string()
}
